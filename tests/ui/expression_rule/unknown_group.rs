//! A group that app.yaml does not have.

#[macro_use]
extern crate appos;
app!();

#[expression_rule(use = ["accountants"])]
fn gross(net: Decimal) -> Decimal {
    net
}

fn main() {}
