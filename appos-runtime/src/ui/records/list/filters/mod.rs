//! Filters of a list: what each says in words, and how it is edited.

mod chips;
mod editor;
mod names;

pub(super) use chips::{Chip, chips};
pub(super) use editor::{Editor, FilterEditor, editor};
pub(super) use names::offered;
