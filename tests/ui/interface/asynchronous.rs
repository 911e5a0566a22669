//! An interface is drawn at once.

#[macro_use]
extern crate appos;
app!();

#[interface]
async fn total() -> Element {
    rsx! { p { "12" } }
}

fn main() {}
