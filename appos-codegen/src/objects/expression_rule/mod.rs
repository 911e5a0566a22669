//! `#[expression_rule]`: a function becomes an object that is reached through dispatch only.

mod cases;
mod check;
mod emit;
mod expand;
mod model;
mod syntax;

pub(crate) use expand::expand;
