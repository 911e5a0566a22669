//! A struct whose fields have no names.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice(String, i64);

fn main() {}
