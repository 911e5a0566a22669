//! A link has the parameters of its page.

#[macro_use]
extern crate appos;
app!();

#[page(route = "/reports/{id}")]
fn report(id: i64, year: Option<i32>) -> Element {
    rsx! { p { "{id} {year:?}" } }
}

#[page(route = "/home")]
fn home() -> Element {
    rsx! { a { href: report("one").year(2026), "Report" } }
}

fn main() {}
