//! A test has one key.

#[macro_use]
extern crate appos;
app!();

#[appos::test(crat = ::appos)]
async fn adds_up() {}

fn main() {}
