//! A display field that does not exist.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"], display = "numbr")]
pub struct Invoice {
    number: String,
}

fn main() {}
