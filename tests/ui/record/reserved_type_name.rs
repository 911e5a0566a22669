//! A record that would hide a name of every file.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Decimal {
    number: String,
}

fn main() {}
