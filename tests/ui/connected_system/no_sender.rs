//! A sender has an address.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "smtp", host = "mail.example", use = ["ui_users"], from = "billing")]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
