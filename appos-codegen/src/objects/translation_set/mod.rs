//! `#[translation_set]`: texts in several languages, and `t!`, by which they are told.

mod call;
mod check;
mod emit;
mod expand;
mod language;
mod model;
mod scan;
mod syntax;

pub(crate) use call::expand_text;
pub(crate) use expand::expand;
pub use scan::texts_in;
