//! A call of a step is written down for a process; it is no future.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
async fn elsewhere() -> Result<()> {
    fetch().await
}

#[step]
fn fetch() {}

fn main() {}
