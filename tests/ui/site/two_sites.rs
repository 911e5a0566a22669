//! An app has one site.

#[macro_use]
extern crate appos;
app!();

#[site]
fn one() -> Navigation {
    navigation()
}

#[site]
fn two() -> Navigation {
    navigation()
}

fn main() {}
