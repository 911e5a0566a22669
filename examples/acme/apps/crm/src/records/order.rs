//! Orders and their lines.

/// How far an order has come.
#[choices]
pub enum OrderStatus {
    Draft,
    Confirmed,
    Shipped,
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
    on_update = after_commit(rules::order_changed),
)]
pub struct Order {
    #[field(unique, search)]
    #[validate(length(min = 1, max = 40))]
    number: String,
    #[field(on_delete = restrict)]
    customer: Ref<Customer>,
    #[field(index)]
    ordered_on: Date,
    #[field(default = OrderStatus::Draft)]
    status: OrderStatus,
    /// The sum of the lines, before tax.
    #[field(scale = 2)]
    #[validate(range(min = 0))]
    total: Decimal,
    #[field(on_delete = set_null)]
    invoice: Option<Ref<billing::records::Invoice>>,
    #[validate(length(max = 2000))]
    note: Option<String>,
    lines: Many<OrderLine>,
    delivery: One<Delivery>,
}

/// One position of an order.
#[record(
    display = "description",
    view = ["crm_users", "finance"],
    create = ["crm_users"],
    update = ["crm_users"],
    delete = ["crm_users"],
    admin = ["crm_admins"],
)]
pub struct OrderLine {
    #[field(on_delete = cascade)]
    order: Ref<Order>,
    /// Number of the article in the catalogue.
    #[validate(range(min = 1))]
    article: i64,
    #[validate(length(min = 1, max = 200))]
    description: String,
    #[field(scale = 2)]
    #[validate(range(min = 0))]
    unit_price: Decimal,
    #[field(default = 1)]
    #[validate(range(min = 1, max = 100_000))]
    quantity: i32,
}

/// Where an order goes; an order that is fetched has none.
#[record(
    display = "address",
    view = ["crm_users", "finance"],
    create = ["crm_users"],
    update = ["crm_users"],
    delete = ["crm_users"],
    admin = ["crm_admins"],
)]
pub struct Delivery {
    #[field(unique, on_delete = cascade)]
    order: Ref<Order>,
    #[validate(length(min = 1, max = 200))]
    address: String,
    #[validate(length(max = 60))]
    carrier: Option<String>,
    expected_on: Option<Date>,
}
