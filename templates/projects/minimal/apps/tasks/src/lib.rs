//! Projects and their tasks. The files beside this one are found by themselves.

#[macro_use]
extern crate appos;

app!();
