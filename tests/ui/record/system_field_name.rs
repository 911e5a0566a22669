//! A field that every record has already.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    id: i64,
    number: String,
}

fn main() {}
