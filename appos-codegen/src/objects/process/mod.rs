//! `#[process]`: a function becomes work in steps, which goes on after whatever interrupts it.

mod check;
mod emit;
mod expand;
mod model;
mod shape;
mod steps;
mod syntax;

pub(super) use check::names_account;
pub(crate) use expand::expand;
pub use shape::{ShapeLine, shape};
