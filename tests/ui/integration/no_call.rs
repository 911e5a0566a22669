//! It answers a request.

#[macro_use]
extern crate appos;
app!();

#[integration(system = payments, use = ["ui_users"])]
fn find_charge(id: String) -> Json {
    json!(id)
}

fn main() {}
