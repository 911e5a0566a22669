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

fn main() {}
