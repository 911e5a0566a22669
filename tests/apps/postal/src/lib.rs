//! An app that sends and reads mail and exchanges files.

#[macro_use]
extern crate appos;

app!();
