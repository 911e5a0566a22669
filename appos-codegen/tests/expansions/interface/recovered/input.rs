#[interface]
async fn card(a: &str, orders: u64) -> Element {
    rsx! { p { "{orders}" } }
}
