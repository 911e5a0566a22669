//! A key written twice.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"], display = "number", view = ["ui_admins"])]
pub struct Invoice {
    number: String,
}

fn main() {}
