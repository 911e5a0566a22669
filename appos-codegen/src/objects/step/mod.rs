//! `#[step]`: a function becomes a piece of the work of a process, which is done once.

mod check;
mod emit;
mod expand;
mod model;
mod syntax;

pub(crate) use expand::expand;
