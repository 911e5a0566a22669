//! Orders.

/// How far an order has come.
#[choices]
pub enum OrderStatus {
    Draft,
    Confirmed,
    Completed,
    Cancelled,
}

/// What a customer wants to buy, or has bought.
#[record(
    display = "number",
    view = ["crm_users", "finance"],
    create = ["crm_users"],
    update = ["crm_users"],
    admin = ["crm_admins"],
    index("customer", "status"),
    on_update = rules::order_changed,
)]
pub struct Order {
    #[field(auto_number = "O-{year}-{number:5}")]
    number: String,
    /// A customer with orders cannot be deleted.
    #[field(on_delete = restrict)]
    customer: Ref<Customer>,
    ordered_on: Date,
    #[field(default = OrderStatus::Draft)]
    status: OrderStatus,
    #[field(scale = 2)]
    #[validate(range(min = 0))]
    total: Decimal,
}
