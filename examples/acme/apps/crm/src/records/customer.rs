//! Customers and the people who work there.

/// How loyal a customer is; decides on discounts and on who answers the phone first.
#[choices]
pub enum Tier {
    Bronze,
    Silver,
    Gold,
}

/// A company that buys from us, or may one day.
#[record(
    display = "name",
    view = ["crm_users", "finance"],
    create = ["crm_users"],
    update = ["crm_users", "finance"],
    admin = ["crm_admins"],
    index("country", "city"),
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
    #[validate(url)]
    website: Option<String>,
    #[validate(length(max = 200))]
    address: Option<String>,
    #[validate(length(max = 60))]
    city: Option<String>,
    #[validate(length(max = 60))]
    country: Option<String>,
    #[field(default = Tier::Bronze, index)]
    tier: Tier,
    /// How much may be open at a time.
    #[field(default = dec!(0), scale = 2, view = ["finance"], update = ["finance"])]
    #[validate(range(min = 0))]
    credit_limit: Decimal,
    customer_since: Option<Date>,
    /// The sales person in charge.
    #[field(on_delete = set_null)]
    owner: Option<Ref<platform::records::User>>,
    /// Who pays; a customer without an account has bought nothing yet.
    #[field(label = "Billing account", unique)]
    account: Option<Ref<billing::records::Account>>,
    contacts: Many<Contact>,
    orders: Many<Order>,
    activities: Many<Activity>,
    contracts: Many<Contract>,
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
    #[field(label = "Job title")]
    #[validate(length(max = 120))]
    title: Option<String>,
    #[validate(email)]
    email: Option<String>,
    #[validate(length(max = 40))]
    phone: Option<String>,
    /// The one to call first.
    #[field(default = false)]
    main_contact: bool,
}
