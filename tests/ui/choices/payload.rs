//! A choice is a name only.

#[macro_use]
extern crate appos;
app!();

#[choices]
pub enum Tier {
    Free,
    Paid(u8),
}

fn main() {}
