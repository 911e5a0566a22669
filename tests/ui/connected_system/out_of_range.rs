//! Numbers have bounds.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"], pool_size = 0)]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
