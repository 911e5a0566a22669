//! The forms of a record: what they ask for, what is filled in, and what becomes of it.

mod cell;
mod check;
mod control;
mod field;
mod file;
mod gather;
mod load;
mod merge;
mod names;
mod newer;
mod parts;
mod plan;
mod rows;
mod screen;
mod sheet;
mod submit;
mod summary;
mod text;
mod view;

pub(super) use cell::{CellForm, CellPlace, writable};
pub(crate) use file::create as create_document;
pub(super) use load::{Purpose, fill};
pub(super) use names::{COPY_OF, WHICH};
pub(super) use screen::{EditScreen, NewScreen};
pub(super) use submit::{create, update};
pub(super) use view::{Place, RecordForm, Shared};
