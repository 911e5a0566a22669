//! New files from templates: which there are, what names are allowed, and how they get to the disk.

pub(crate) mod names;
pub(crate) mod source;
pub(crate) mod stage;
pub(crate) mod templates;
