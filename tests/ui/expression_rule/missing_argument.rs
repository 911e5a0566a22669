//! A typed call is checked like any other.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn gross(net: i64) -> i64 {
    net
}

async fn caller() {
    let _ = gross().await;
    let _ = gross("1").await;
}

fn main() {}
