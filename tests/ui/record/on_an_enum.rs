//! An enum is no record.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub enum Invoice {
    Open,
    Paid,
}

fn main() {}
