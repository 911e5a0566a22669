//! Its body only names secrets.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"])]
async fn payments() -> Auth {
    no_auth()
}

fn main() {}
