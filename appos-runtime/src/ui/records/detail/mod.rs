//! The screen of a row: what it holds, what belongs to it, what happened to it, what can be done with it.

mod fields;
mod load;
mod related;
mod remove;
mod screen;
mod tabs;

pub(super) use remove::{DeleteScreen, delete, restore};
pub(super) use screen::DetailScreen;
