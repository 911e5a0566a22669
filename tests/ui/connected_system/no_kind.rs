//! What it speaks is not said.

#[macro_use]
extern crate appos;
app!();

#[connected_system(use = ["ui_users"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
