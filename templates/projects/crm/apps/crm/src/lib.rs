//! Customers, the people there, and their orders. The files beside this one are found by themselves.

#[macro_use]
extern crate appos;

app!();
