//! Origins that are none, and pages that have no session.

#[macro_use]
extern crate appos;
app!();

#[web_api(method = "GET", path = "/a", auth = session, use = ["ui_users"], cors = ["https://shop.example"])]
async fn of_session() -> Result<()> {
    Ok(())
}

#[web_api(method = "GET", path = "/b", auth = public, public_access, cors = ["shop.example/"])]
async fn no_origin() -> Result<()> {
    Ok(())
}

fn main() {}
