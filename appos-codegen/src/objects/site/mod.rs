//! `#[site]`: a function becomes the navigation of its app, each reading of which is a dispatch.

mod check;
mod emit;
mod expand;
mod model;
mod syntax;

pub(crate) use expand::expand;
