//! Two choices stored as one name.

#[macro_use]
extern crate appos;
app!();

#[choices]
pub enum Tier {
    Free,
    #[choice(value = "free")]
    Gratis,
}

fn main() {}
