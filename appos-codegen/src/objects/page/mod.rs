//! `#[page]`: a function becomes a screen with an address, each drawing of which is a dispatch.

mod check;
mod emit;
mod expand;
mod model;
mod route;
mod syntax;

pub(crate) use expand::expand;
