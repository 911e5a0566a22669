//! An argument and an answer that JSON cannot be written from, nor read into.

#[macro_use]
extern crate appos;
app!();

pub struct Money(i64);

#[step]
fn pay(amount: Money) -> Money {
    amount
}

fn main() {}
