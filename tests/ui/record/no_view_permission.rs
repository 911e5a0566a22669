//! Records are tier 1: nobody may view one unless it says so.

#[macro_use]
extern crate appos;
app!();

#[record]
pub struct Invoice {
    number: String,
}

fn main() {}
