//! A route is made of words and parameters.

#[macro_use]
extern crate appos;
app!();

#[page(route = "reports/Of{id}/")]
fn report(id: i64) -> Element {
    rsx! { p { "{id}" } }
}

fn main() {}
