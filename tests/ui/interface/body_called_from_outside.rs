//! The body is reached by drawing only.

#[macro_use]
extern crate appos;
app!();

#[interface]
fn total() -> Element {
    rsx! { p { "12" } }
}

fn around() {
    let _ = __appos_body();
}

fn main() {}
