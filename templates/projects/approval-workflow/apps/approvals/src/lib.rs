//! Requests for money, and who decides on them. The files beside this one are found by themselves.

#[macro_use]
extern crate appos;

app!();
