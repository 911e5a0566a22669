//! Keeps a graph beside what was built, and tells whether it still holds.

mod file;
mod load;

pub(crate) use load::{Fallback, build_with_tests, load};
