//! A parameter whose type JSON cannot be read into.

#[macro_use]
extern crate appos;
app!();

pub struct Money(i64);

#[expression_rule]
fn gross(net: Money) -> i64 {
    net.0
}

fn main() {}
