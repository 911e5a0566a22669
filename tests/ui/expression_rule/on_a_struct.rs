//! A struct is no rule.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
pub struct Greeting;

fn main() {}
