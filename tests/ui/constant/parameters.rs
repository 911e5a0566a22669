//! A constant has one value.

#[macro_use]
extern crate appos;
app!();

#[constant]
fn tax_rate(year: i64) -> Decimal {
    Decimal::from(year)
}

fn main() {}
