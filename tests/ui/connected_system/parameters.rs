//! It is one system.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"])]
fn payments(tenant: i64) -> Auth {
    no_auth()
}

fn main() {}
