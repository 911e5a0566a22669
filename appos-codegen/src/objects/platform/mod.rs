//! `platform!(crm, billing)`: the `main` of a platform binary.

mod check;
mod emit;
mod expand;
mod syntax;

pub(crate) use expand::expand;
