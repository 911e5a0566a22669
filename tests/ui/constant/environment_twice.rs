//! An environment has one value.

#[macro_use]
extern crate appos;
app!();

#[constant(env = { dev = 1, dev = 2 })]
fn tax_rate() -> i64 {
    18
}

fn main() {}
