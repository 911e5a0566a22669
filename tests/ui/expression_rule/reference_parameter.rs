//! Arguments are moved through dispatch.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn greeting(name: &str) -> String {
    format!("Hello {name}")
}

fn main() {}
