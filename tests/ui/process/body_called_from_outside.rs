//! A body is reached by a worker alone.

#[macro_use]
extern crate appos;
app!();

#[process(use = ["ui_users"])]
async fn pay() -> Result<()> {
    step(fetch()).await
}

async fn elsewhere() -> Result<()> {
    pay().await?;
    __appos_body().await
}

#[step]
fn fetch() {}

/// Runs a step, as the prelude's does.
async fn step<T>(call: appos::codegen_support::StepCall<T>) -> Result<T> {
    Err(format!("{call:?}").into())
}

fn main() {}
