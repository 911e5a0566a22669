//! Two rules of one name in one app.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn gross(net: Decimal) -> Decimal {
    net
}

mod other {
    #[expression_rule]
    fn gross(net: Decimal) -> Decimal {
        net
    }
}

fn main() {}
