//! Bodies that a request has not, and files that nobody can judge.

#[macro_use]
extern crate appos;
app!();

#[web_api(method = "GET", path = "/a", auth = session, use = ["ui_users"])]
async fn read(body: Json<i64>) -> Result<()> {
    Ok(())
}

#[web_api(method = "POST", path = "/b", auth = session, use = ["ui_users"], accept = ["image/png"])]
async fn twice(body: Json<i64>, form: Form<i64>) -> Result<()> {
    Ok(())
}

#[web_api(method = "POST", path = "/c", auth = session, use = ["ui_users"], signature = hmac(secret("KEY")))]
async fn signed(file: http::Upload) -> Result<()> {
    Ok(())
}

fn main() {}
