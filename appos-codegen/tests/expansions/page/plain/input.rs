/// Where the app begins.
#[page(route = "/home", title = "Home")]
fn home() -> Element {
    rsx! { p { "{ctx.user.name}" } }
}
