//! A slip of a kind.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "htp", use = ["ui_users"])]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
