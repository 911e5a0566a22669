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

fn main() {}
