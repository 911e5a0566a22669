//! Secrets are written nowhere.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://me:pass@a.example", use = ["ui_users"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
