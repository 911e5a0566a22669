#[page(route = "/home")]
fn home(page: Option<u32>) -> Element {
    rsx! { p { "{page:?}" } }
}
