//! Paths are put behind an address.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example?version=2", use = ["ui_users"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
