//! Screens that every record has without a line written for them.

mod list;
mod post;
mod screen;

pub(crate) use post::post;
pub(crate) use screen::{RecordScreen, RecordScreenKind};
