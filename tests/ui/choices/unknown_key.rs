//! A slip in a key of a choice.

#[macro_use]
extern crate appos;
app!();

#[choices]
pub enum Tier {
    #[choice(lable = "For nothing")]
    Free,
    Paid,
}

fn main() {}
