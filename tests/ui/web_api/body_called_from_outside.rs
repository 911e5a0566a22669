//! A body is reached through dispatch alone.

#[macro_use]
extern crate appos;
app!();

#[web_api(method = "GET", path = "/money", auth = session, use = ["ui_users"])]
async fn money() -> Result<i64> {
    Ok(1)
}

async fn elsewhere() -> Result<i64> {
    money().await?;
    __appos_body().await
}

fn main() {}
