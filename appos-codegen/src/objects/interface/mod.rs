//! `#[interface]`: a function becomes a component, each drawing of which is a dispatch.

mod check;
mod emit;
mod expand;
mod model;
mod syntax;

pub(crate) use expand::expand;
