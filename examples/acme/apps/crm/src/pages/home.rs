//! Where the CRM begins.

/// Where the CRM begins.
#[page(route = "/home", title = "Home")]
fn home() -> Element {
    rsx! {
        h1 { "Good day, {ctx.user.name}" }
        interfaces::Dashboard {}
    }
}
