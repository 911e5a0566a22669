//! A text where a list is wanted, and a number where a text is.

#[macro_use]
extern crate appos;
app!();

#[record(view = "ui_users", display = 1)]
pub struct Invoice {
    number: String,
}

fn main() {}
