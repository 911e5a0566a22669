//! `#[constant]`: a value of the app that may differ per environment.

mod check;
mod emit;
mod expand;
mod model;
mod syntax;

pub(crate) use expand::expand;
