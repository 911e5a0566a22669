//! There are three ways of encryption.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "smtp", host = "mail.example", use = ["ui_users"], tls = "yes")]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
