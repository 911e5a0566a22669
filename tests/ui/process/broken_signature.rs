//! What is wrong with a signature is told once, and others can go on with the name.

#[macro_use]
extern crate appos;
app!();

#[process(use = ["ui_users"])]
async fn pay(name: &str) -> Result<i64> {
    step(fetch(name)).await
}

#[process(version = 1, earlier_of = pay, use = ["ui_users"])]
async fn pay_1() -> Result<i64> {
    let _: appos::codegen_support::ProcessCall<i64> = pay("");
    step(fetch("")).await
}

#[step(compensate = undo)]
fn fetch(name: &str) -> i64 {
    1
}

#[step]
fn undo(self) {}

fn main() {}
