//! Pages that are open, and pages that are not.

/// For everybody.
#[page(route = "/open", public_access)]
fn open() -> Element {
    rsx! {
        p { "around the plate" }
        interfaces::Plate {}
    }
}

/// For nobody whom nothing is granted.
#[page(route = "/closed", view = [])]
fn closed() -> Element {
    rsx! { p { "behind the door" } }
}
