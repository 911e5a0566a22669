//! An entry leads to a page that is there.

#[macro_use]
extern crate appos;
app!();

#[page(route = "/reports/{id}")]
fn report(id: i64) -> Element {
    rsx! { p { "{id}" } }
}

#[site]
fn crm() -> Navigation {
    navigation().page("Report", "chart-line", report)
}

fn main() {}
