//! Traits that the record writes itself.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
#[derive(Debug, Default, PartialEq)]
pub struct Invoice {
    number: String,
}

fn main() {}
