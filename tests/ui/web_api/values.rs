//! Values that cannot be read, and keys that there are not.

#[macro_use]
extern crate appos;
app!();

#[web_api(
    method = "POST",
    path = "/a",
    auth = session,
    use = ["ui_users"],
    rate_limit = "often",
    max_body = "large",
    signature = hmac("KEY"),
    cors = "*",
    retries = 3,
)]
async fn pay() -> Result<()> {
    Ok(())
}

fn main() {}
