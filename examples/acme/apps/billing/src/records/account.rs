//! Whom invoices are written to.

/// A person or company that is billed. What else is known of them is not billing's business.
#[record(
    display = "last_name",
    view = ["billing_users", "billing_viewers", "finance"],
    create = ["billing_users"],
    update = ["billing_users"],
    admin = ["billing_admins"],
)]
pub struct Account {
    #[validate(length(min = 1, max = 60))]
    first_name: String,
    #[field(search)]
    #[validate(length(min = 1, max = 60))]
    last_name: String,
    #[field(search)]
    #[validate(length(max = 120))]
    company: Option<String>,
    #[validate(length(min = 1, max = 200))]
    address: String,
    #[field(index)]
    #[validate(length(min = 1, max = 60))]
    city: String,
    #[validate(length(max = 60))]
    state: Option<String>,
    #[validate(length(min = 1, max = 60))]
    country: String,
    #[validate(length(max = 20))]
    postal_code: Option<String>,
    #[validate(length(max = 40))]
    phone: Option<String>,
    #[validate(length(max = 40))]
    fax: Option<String>,
    /// Not checked by `email`, which refuses addresses in other scripts than ASCII (RFC 6531):
    /// accounts come from other systems, and their owners' addresses are what they are.
    #[field(unique)]
    #[validate(contains(pattern = "@"), length(min = 3, max = 254))]
    email: String,
    #[field(label = "Support representative", on_delete = set_null)]
    support_rep: Option<Ref<Employee>>,
    /// Days after which an invoice is due.
    #[field(default = 30)]
    #[validate(range(min = 0, max = 180))]
    payment_days: i32,
    invoices: Many<Invoice>,
}
