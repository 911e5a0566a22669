//! `/{app}/{records}/import`: a file is sent, its columns are told which fields they fill, it is tried, and
//! imported. Each step is a page of its own and needs no script.

mod mapping;
mod screen;

pub(super) use screen::Import;
