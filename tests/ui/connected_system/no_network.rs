//! A network has a length.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"], allow_networks = ["10.0.0.0"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
