//! A component that would hide a record.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["crm_users"])]
pub struct Customer {
    name: String,
}

#[interface]
fn customer() -> Element {
    rsx! { p { "12" } }
}

fn main() {}
