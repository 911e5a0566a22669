//! `cargo appos new` and `add`, from an empty folder to a platform that serves and is changed.

mod add;
mod document;
mod folder;
mod interrupted;
mod project;
mod templates;
mod transcript;
