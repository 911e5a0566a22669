//! An interface answers what is drawn.

#[macro_use]
extern crate appos;
app!();

#[interface]
fn total() -> String {
    String::new()
}

fn main() {}
