//! A component needs its properties.

#[macro_use]
extern crate appos;
app!();

#[interface]
fn total(of: u64) -> Element {
    rsx! { p { "{of}" } }
}

#[interface]
fn around() -> Element {
    rsx! { Total {} }
}

fn main() {}
