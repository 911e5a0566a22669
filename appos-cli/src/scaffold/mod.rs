//! New files from templates: which there are, what names are allowed, what is written in them, and
//! how they get to the disk.

pub(crate) mod templates;

pub(crate) mod names;
pub(crate) mod problem;
pub(crate) mod words;

pub(crate) mod app;
pub(crate) mod field;
pub(crate) mod literal;
pub(crate) mod types;

pub(crate) mod expansion;
pub(crate) mod manifest;
pub(crate) mod plan;
pub(crate) mod program;
pub(crate) mod source;
pub(crate) mod stage;
pub(crate) mod yaml;
