//! A record is one table.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice<T> {
    number: T,
}

fn main() {}
