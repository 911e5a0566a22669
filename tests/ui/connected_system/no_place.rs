//! Where it is is not said.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", use = ["ui_users"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
