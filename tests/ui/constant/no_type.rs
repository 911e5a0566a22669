//! A constant has a type.

#[macro_use]
extern crate appos;
app!();

#[constant]
fn tax_rate() {
    18
}

fn main() {}
