//! An address begins with a scheme.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "a.example", use = ["ui_users"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
