//! What everybody may know.

/// Who we are; to those who may know it, also how much there is to do.
#[page(route = "/about", title = "About us", public_access)]
fn about() -> Element {
    let open = use_rule(rules::open_orders);
    rsx! {
        h1 { "Who we are" }
        p { "A company that does not exist." }
        Metric { label: "Orders to go", value: open }
    }
}
