//! Processes of every shape, whose steps leave a trace outside the database.

#[macro_use]
extern crate appos;

app!();
