//! A setting that only other kinds have.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"], port = 25)]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
