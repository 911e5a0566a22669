//! What screens are made of.

/// Every component of the platform, with its states and its code.
#[page(route = "/gallery", title = "Components")]
fn gallery() -> Element {
    rsx! {
        Gallery {}
    }
}
