//! A system cannot be public.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"], public_access)]
fn payments() -> Auth {
    no_auth()
}

fn main() {}
