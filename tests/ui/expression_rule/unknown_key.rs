//! A slip in a key.

#[macro_use]
extern crate appos;
app!();

#[expression_rule(descripton = "Adds tax")]
fn gross(net: Decimal) -> Decimal {
    net
}

fn main() {}
