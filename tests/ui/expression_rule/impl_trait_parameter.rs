//! Callers by reference need one concrete type.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn greeting(name: impl Into<String>) -> String {
    name.into()
}

fn main() {}
