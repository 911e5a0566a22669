/// Stars.
#[interface(displays = records::Customer.tier)]
fn customer_tier(value: Tier) -> Element {
    rsx! { b { "{value}" } }
}
