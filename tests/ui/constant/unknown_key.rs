//! A key that rules have and constants do not.

#[macro_use]
extern crate appos;
app!();

#[constant(cache = "60s")]
fn tax_rate() -> i64 {
    18
}

fn main() {}
