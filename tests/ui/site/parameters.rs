//! A site takes nothing.

#[macro_use]
extern crate appos;
app!();

#[site]
fn crm(year: i64) -> Navigation {
    navigation()
}

fn main() {}
