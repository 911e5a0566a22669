//! A step with all sorts of mistakes: each is told at its place.

#[macro_use]
extern crate appos;
app!();

#[step(use = ["ui_users"], public_access, retries = 1000, backoff = "1 parsec", deadline = "1d", compensate = open)]
async fn open(customer: &str) -> Result<()> {
    let _ = customer;
    Ok(())
}

fn main() {}
