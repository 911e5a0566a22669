#[interface]
fn card(orders: u64) -> Element {
    rsx! { p { "{orders}" } }
}
