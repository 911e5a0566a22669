//! A path of something else than a process, and one of nothing.

#[macro_use]
extern crate appos;
app!();

#[process(version = 1, earlier_of = fetch, use = ["ui_users"])]
async fn pay() {
    let _ = step(fetch()).await;
}

#[process(version = 1, earlier_of = processes::missing, use = ["ui_users"])]
async fn pay_1() {
    let _ = step(fetch()).await;
}

#[step]
fn fetch() {}

/// Runs a step, as the prelude's does.
async fn step<T>(call: appos::codegen_support::StepCall<T>) -> Result<T> {
    Err(format!("{call:?}").into())
}

fn main() {}
