//! An app begins with a page.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn home() -> i64 {
    12
}

#[site(default = home)]
fn crm() -> Navigation {
    navigation()
}

fn main() {}
