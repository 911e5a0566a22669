#[page(route = "/customers/{id}/report", overrides, public_access)]
fn report(id: Id<Customer>, from: Option<Date>, year: i32) -> Element {
    rsx! { p { "{id} {from:?} {year}" } }
}
