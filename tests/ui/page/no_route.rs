//! A page has a route.

#[macro_use]
extern crate appos;
app!();

#[page(title = "Report")]
fn report() -> Element {
    rsx! { p { "12" } }
}

fn main() {}
