//! An app whose records are in the database of a connected system, but for one.

#[macro_use]
extern crate appos;

app!();
