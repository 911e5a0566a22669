//! Somebody may use it.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example")]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
