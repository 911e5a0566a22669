//! A slip in a key of a field.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    #[field(lable = "No.")]
    number: String,
}

fn main() {}
