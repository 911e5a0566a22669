//! An answer that JSON cannot be written from.

#[macro_use]
extern crate appos;
app!();

pub struct Money(i64);

#[web_api(method = "GET", path = "/money", auth = session, use = ["ui_users"])]
async fn money() -> Result<Money> {
    Ok(Money(1))
}

fn main() {}
