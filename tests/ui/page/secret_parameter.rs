//! No secret stands in an address.

#[macro_use]
extern crate appos;
app!();

#[page(route = "/reset")]
fn reset(token: String) -> Element {
    rsx! { p { "{token}" } }
}

fn main() {}
