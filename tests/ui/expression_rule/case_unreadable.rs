//! A case that cannot be read leaves the other keys as they are.

#[macro_use]
extern crate appos;
app!();

#[expression_rule(case(2), case(2) = , case = 2, vew = ["ui_users"])]
fn twice(number: i64) -> i64 {
    number * 2
}

fn main() {}
