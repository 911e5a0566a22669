//! An object is one function with one reference.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn greeting<T: ToString>(name: T) -> String {
    name.to_string()
}

fn main() {}
