//! Checks stand on types that they can look at.

#[macro_use]
extern crate appos;
app!();

#[choices]
pub enum Tier {
    Bronze,
    Gold,
}

#[record(view = ["ui_users"])]
pub struct Customer {
    #[validate(email)]
    number: i64,
    #[validate(length(min = 1))]
    active: bool,
    #[validate(range(min = 1))]
    name: String,
    #[validate(url, length(max = 3))]
    links: Option<Vec<String>>,
    #[validate(contains(pattern = "x"))]
    tier: Tier,
    #[validate(range(max = 10))]
    since: Option<Date>,
}

fn main() {}
