//! A text of an app that is no dependency.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn heading() -> String {
    t!("billing.invoice")
}

fn main() {}
