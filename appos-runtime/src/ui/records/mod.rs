//! Screens that every record has without a line written for them.

mod address;
mod form;
mod import;
mod list;
mod markup;
mod post;
mod relation;
mod screen;
mod value;
mod words;
mod zone;

pub(crate) use list::canonical;
pub(crate) use post::post;
pub(crate) use screen::{RecordScreen, RecordScreenKind};
