//! An answer that JSON cannot be written from, nor read into.

#[macro_use]
extern crate appos;
app!();

pub struct Money(i64);

#[process(use = ["ui_users"])]
async fn pay() -> Result<Money> {
    step(fetch()).await.map(Money)
}

#[step]
fn fetch() -> i64 {
    1
}

fn main() {}
