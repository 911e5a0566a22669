//! A default of another type; rustc says so at the expression.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    #[field(default = true)]
    copies: i64,
}

fn main() {}
