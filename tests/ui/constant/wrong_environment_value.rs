//! A value of another type than the constant.

#[macro_use]
extern crate appos;
app!();

#[constant(env = { dev = "none" })]
fn tax_rate() -> i64 {
    18
}

fn main() {}
