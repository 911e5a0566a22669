//! Answers of every shape: nothing, a value, a result; with and without waiting.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn nothing() {}

#[expression_rule]
async fn nothing_later() {}

#[expression_rule]
fn value() -> Vec<(String, i64)> {
    Vec::new()
}

#[expression_rule]
async fn value_later() -> Option<i64> {
    None
}

#[expression_rule]
fn result() -> Result<i64> {
    Ok("1".parse()?)
}

#[expression_rule]
async fn result_later() -> appos::Result<()> {
    nothing().await?;
    nothing_later().await?;
    let (_, _) = (value().await?, value_later().await?);
    let _: i64 = result().await?;
    Ok(())
}

fn main() {}
