//! What stands in the route is a parameter.

#[macro_use]
extern crate appos;
app!();

#[page(route = "/reports/{di}")]
fn report(id: i64) -> Element {
    rsx! { p { "{id}" } }
}

fn main() {}
