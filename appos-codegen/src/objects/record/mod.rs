//! `#[record]`: a struct becomes a table with typed access, all of it driven by one descriptor.

mod check;
mod check_apart;
mod check_made;
mod emit;
mod expand;
mod filing;
mod model;
mod syntax;
mod validation;

pub(crate) use expand::expand;
