//! `#[integration]`: a request to a connected system, declared, with typed arguments and a typed answer.

mod check;
mod emit;
mod expand;
mod model;
mod syntax;

pub(crate) use expand::expand;
