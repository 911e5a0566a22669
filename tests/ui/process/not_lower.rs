//! An earlier body with a higher number than the newest, and one of a body that is an earlier one itself.

#[macro_use]
extern crate appos;
app!();

#[process(version = 2, use = ["ui_users"])]
async fn pay() {
    let _ = step(fetch()).await;
}

#[process(version = 2, earlier_of = pay, use = ["ui_users"])]
async fn pay_same() {
    let _ = step(fetch()).await;
}

#[process(version = 1, earlier_of = pay_same, use = ["ui_users"])]
async fn pay_1() {
    let _ = step(fetch()).await;
}

#[step]
fn fetch() {}

fn main() {}
