//! A check that does not exist.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    #[validate(phone)]
    number: String,
}

fn main() {}
