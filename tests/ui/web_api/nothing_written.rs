//! What nobody can guess.

#[macro_use]
extern crate appos;
app!();

#[web_api]
async fn money() -> Result<i64> {
    Ok(1)
}

fn main() {}
