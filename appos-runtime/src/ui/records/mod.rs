//! Screens that every record has without a line written for them.

mod list;
mod markup;
mod post;
mod screen;
mod value;

pub(crate) use post::post;
pub(crate) use screen::{RecordScreen, RecordScreenKind};
