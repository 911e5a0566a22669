//! An answer that JSON cannot be written from.

#[macro_use]
extern crate appos;
app!();

pub struct Money(i64);

#[expression_rule]
fn gross(net: i64) -> Money {
    Money(net)
}

fn main() {}
