/// The state of things.
#[interface]
fn dashboard() -> Element {
    rsx! { p { "{ctx.user.name}" } }
}
