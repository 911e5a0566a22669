//! It answers how the platform shows who it is.

#[macro_use]
extern crate appos;
app!();

#[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"])]
fn payments() -> String {
    String::new()
}

fn main() {}
