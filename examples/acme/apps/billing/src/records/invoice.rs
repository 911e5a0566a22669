//! Invoices and their lines.

/// How far an invoice has come.
#[choices]
pub enum InvoiceStatus {
    Draft,
    #[default]
    Sent,
    Paid,
    /// Written off, or replaced by another invoice.
    Void,
}

/// What an account has to pay, and by when.
#[record(
    display = "number",
    view = ["billing_users", "billing_viewers", "finance"],
    create = ["billing_users"],
    update = ["billing_users"],
    admin = ["billing_admins"],
    index("status", "due_on"),
)]
pub struct Invoice {
    #[field(unique, search)]
    #[validate(length(min = 1, max = 40))]
    number: String,
    /// Invoices are kept for as long as the law wants, and their accounts with them.
    #[field(on_delete = restrict)]
    account: Ref<Account>,
    #[field(index)]
    issued_on: Date,
    due_on: Option<Date>,
    #[field(default = InvoiceStatus::Sent)]
    status: InvoiceStatus,
    #[validate(length(max = 200))]
    billing_address: Option<String>,
    #[validate(length(max = 60))]
    billing_city: Option<String>,
    #[validate(length(max = 60))]
    billing_country: Option<String>,
    /// The sum of the lines, before tax.
    #[field(scale = 2)]
    #[validate(range(min = 0))]
    total: Decimal,
    lines: Many<InvoiceLine>,
}

// appos: allow(A0007): a position has no name of its own; its description may be empty
/// One position of an invoice.
#[record(
    view = ["billing_users", "billing_viewers", "finance"],
    create = ["billing_users"],
    update = ["billing_users"],
    delete = ["billing_users"],
    admin = ["billing_admins"],
)]
pub struct InvoiceLine {
    #[field(on_delete = cascade)]
    invoice: Ref<Invoice>,
    /// Number of the article in the catalogue.
    #[validate(range(min = 1))]
    article: i64,
    #[validate(length(max = 200))]
    description: Option<String>,
    #[field(scale = 2)]
    #[validate(range(min = 0))]
    unit_price: Decimal,
    #[field(default = 1)]
    #[validate(range(min = 1, max = 100_000))]
    quantity: i32,
}
