//! A case gives what the rule takes.

#[macro_use]
extern crate appos;
app!();

#[expression_rule(case(2) = dec!(20), case(2, dec!(10), 3) = dec!(60), case(2, dec!(10)) = dec!(20))]
fn total(quantity: i64, price: Decimal) -> Decimal {
    price * Decimal::from(quantity)
}

fn main() {}
