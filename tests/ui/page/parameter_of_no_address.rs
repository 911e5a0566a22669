//! What stands in an address can be read from it.

#[macro_use]
extern crate appos;
app!();

#[page(route = "/reports")]
fn report(of: Vec<u8>) -> Element {
    rsx! { p { "{of:?}" } }
}

fn main() {}
