//! Screens that every record has without a line written for them.

mod address;
mod cell;
mod detail;
mod form;
mod import;
mod list;
mod post;
mod relation;
mod screen;
mod timeline;
mod value;
mod whole;
mod words;

pub(crate) use list::canonical;
pub use list::{RecordTable, RecordTableProps};
pub(crate) use post::post;
pub(crate) use screen::{RecordScreen, RecordScreenKind};
