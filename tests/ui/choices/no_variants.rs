//! Nothing to choose.

#[macro_use]
extern crate appos;
app!();

#[choices]
pub enum Tier {}

fn main() {}
