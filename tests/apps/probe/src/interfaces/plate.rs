//! A part of a page.

/// Whatever it is given.
#[interface]
fn plate(#[props(default = "nothing".to_owned())] text: String, children: Element) -> Element {
    rsx! {
        p { "what is on the plate: {text}" }
        {children}
    }
}
