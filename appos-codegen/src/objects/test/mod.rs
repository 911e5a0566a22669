//! `#[appos::test]`: a function becomes a test on a platform of its own. No object of an app: it has no reference.

mod check;
mod emit;
mod expand;
mod syntax;

pub(crate) use expand::expand;
