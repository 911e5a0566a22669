//! `#[web_api]`: a function becomes an object with a route of its own, which other programs call.

mod check;
mod emit;
mod expand;
mod model;
mod path;
mod syntax;

pub(crate) use expand::expand;
