//! An object is not a method.

#[macro_use]
extern crate appos;
app!();

pub struct Greeter;

impl Greeter {
    fn name(&self) -> &'static str {
        "Ada"
    }
}

#[expression_rule]
fn greeting(&self) -> String {
    self.name().to_owned()
}

fn main() {}
