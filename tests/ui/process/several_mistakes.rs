//! A process with all sorts of mistakes: each is told at its place.

#[macro_use]
extern crate appos;
app!();

#[process(public_access, timeout = "5m", deadline = "soon", version = 0, display_name = "{custmer} {token} {")]
async fn onboard(customer: i64, token: String) -> Result<()> {
    let _ = (customer, token);
    Ok(())
}

fn main() {}
