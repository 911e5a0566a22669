//! A host is no address of a page.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "smtp", host = "smtp://mail.example", use = ["ui_users"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
