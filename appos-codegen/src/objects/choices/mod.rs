//! `#[choices]`: an enum whose names are stored, shown and checked.

mod check;
mod emit;
mod expand;
mod model;
mod syntax;

pub(crate) use expand::expand;
