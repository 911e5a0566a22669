//! A type that no column can hold; rustc says so at the type.

#[macro_use]
extern crate appos;
app!();

pub struct Money(i64);

#[record(view = ["ui_users"])]
pub struct Invoice {
    total: Money,
}

fn main() {}
