//! Customers and the people who work there.

/// How loyal a customer is.
#[choices]
pub enum Tier {
    Bronze,
    Silver,
    Gold,
}

/// A company that buys from us, or may one day.
#[record(
    display = "name",
    audit_log,
    view = ["crm_users", "finance"],
    create = ["crm_users"],
    update = ["crm_users", "finance"],
    admin = ["crm_admins"],
)]
pub struct Customer {
    #[field(label = "Company", search)]
    #[validate(length(min = 1, max = 120))]
    name: String,
    #[field(unique)]
    #[validate(email)]
    email: String,
    #[validate(length(max = 40))]
    phone: Option<String>,
    #[field(default = Tier::Bronze, index)]
    tier: Tier,
    /// How much may be open at a time. Sales people do not see it.
    #[field(default = dec!(0), scale = 2, view = ["finance"], update = ["finance"])]
    #[validate(range(min = 0))]
    credit_limit: Decimal,
    /// The sales person in charge.
    #[field(on_delete = set_null)]
    owner: Option<Ref<platform::records::User>>,
    contacts: Many<Contact>,
    orders: Many<Order>,
}

/// A person at a customer.
#[record(
    display = "last_name",
    view = ["crm_users"],
    create = ["crm_users"],
    update = ["crm_users"],
    delete = ["crm_users"],
    admin = ["crm_admins"],
)]
pub struct Contact {
    #[field(on_delete = cascade)]
    customer: Ref<Customer>,
    #[validate(length(min = 1, max = 60))]
    first_name: String,
    #[field(search)]
    #[validate(length(min = 1, max = 60))]
    last_name: String,
    #[validate(email)]
    email: Option<String>,
}
