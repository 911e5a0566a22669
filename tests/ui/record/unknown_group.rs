//! A group that app.yaml does not have.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_user"])]
pub struct Invoice {
    number: String,
}

fn main() {}
