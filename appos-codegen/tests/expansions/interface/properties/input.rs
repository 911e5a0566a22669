#[interface(description = "A customer", view = ["crm_users"])]
fn customer_card(
    /// Whose card it is.
    customer: Id<Customer>,
    #[props(default = 5)] mut orders: u64,
    children: Element,
) -> Element {
    orders += 1;
    rsx! { p { "{customer} {orders}" {children} } }
}
