//! A crate that knows AppOS by another name says so on each object.

extern crate appos as platform_crate;
#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"], crate = ::platform_crate)]
pub struct Customer {
    name: String,
}

#[expression_rule(crate = ::platform_crate)]
fn double(n: i64) -> i64 {
    n * 2
}

fn main() {}
