//! A key that rules have and interfaces do not.

#[macro_use]
extern crate appos;
app!();

#[interface(cache = "60s")]
fn total() -> Element {
    rsx! { p { "12" } }
}

fn main() {}
