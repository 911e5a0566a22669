//! A hook is named by its path, not by a text.

#[macro_use]
extern crate appos;

app!();

#[record(view = ["ui_users"], on_create = "rules::greet")]
pub struct Customer {
    name: String,
}

fn main() {}
