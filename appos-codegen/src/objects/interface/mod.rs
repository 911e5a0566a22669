//! `#[interface]`: a function becomes a component, each drawing of which is a dispatch.

mod check;
mod check_piece;
mod emit;
mod emit_piece;
mod expand;
mod model;
mod piece;
mod syntax;

pub(crate) use expand::expand;
