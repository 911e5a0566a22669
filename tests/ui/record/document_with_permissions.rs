//! A document with permissions of its own, and limits that are none.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Customer {
    name: String,
}

#[record(document(of = Customer, accept = ["pdf"], versions = 0), view = ["ui_users"])]
pub struct Contract {
    note: String,
}

fn main() {}
