//! What is asked for health is a path.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"], health = "ping")]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
