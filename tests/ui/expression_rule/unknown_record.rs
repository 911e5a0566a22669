//! A record that does not exist is a compile error.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
async fn total() -> Result<u64> {
    records::Invoice::query().count().await
}

fn main() {}
