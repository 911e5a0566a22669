//! The body has no name outside of its function.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
async fn secret() -> Result<i64> {
    Ok(42)
}

async fn thief() {
    __appos_body().await;
    secret::__appos_body().await;
}

fn main() {}
