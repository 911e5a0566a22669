//! An account that is not named by its address.

#[macro_use]
extern crate appos;
app!();

#[web_api(method = "POST", path = "/a", auth = session, use = ["ui_users"], run_as = "payments")]
async fn pay() -> Result<()> {
    Ok(())
}

fn main() {}
