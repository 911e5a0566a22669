//! A slip in a permission's name.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"], updat = ["ui_admins"])]
pub struct Invoice {
    number: String,
}

fn main() {}
