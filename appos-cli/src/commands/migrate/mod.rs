//! `cargo appos migrate`: from changed records to a migration, and from there to the database.

mod answers;
mod arguments;
mod files;
mod generate;
mod program;

pub use arguments::Migrate;
pub(crate) use generate::{Pending, pending};
