//! Every key of a record, of a field and of a check, in a crate that denies undocumented items.

#![deny(missing_docs)]

#[macro_use]
extern crate appos;
app!();

#[record(
    view = ["ui_users"], create = ["ui_users"], update = ["ui_users"], delete = ["ui_admins"], use = [], admin = ["ui_admins"],
    public_access, description = "Companies we sell to", display = "name", table = "companies", plural = "companies",
    soft_delete, audit_log, rows = rules::mine,
    unique("name", "email"), unique("code"), index("tier", "since"), timeout = "5s", crate = ::appos
)]
pub struct Customer {
    #[field(label = "Company", description = "As registered", search, unique, index, column = "company_name")]
    #[validate(length(min = 1, max = 120), does_not_contain(pattern = "  "))]
    name: String,
    #[field(sensitive)]
    #[validate(email)]
    email: Option<String>,
    #[validate(url, contains(pattern = "https"))]
    site: Option<String>,
    #[validate(length(equal = 8))]
    code: String,
    #[field(default = Tier::Silver)]
    tier: Tier,
    #[field(view = ["finance"], update = ["finance"], scale = 2, default = dec!(100))]
    #[validate(range(min = 0, exclusive_max = "1000000.00"))]
    credit_limit: Decimal,
    #[validate(range(exclusive_min = -1.5, max = 7))]
    balance: f64,
    #[field(default = "new")]
    state: String,
    since: Date,
    seen: Option<DateTime>,
    tags: Vec<String>,
    extra: Json,
    token_id: Uuid,
    active: bool,
    #[field(auto_number)]
    serial: i64,
    #[field(auto_number = "C-{year}{month}{day}-{number:6}")]
    number: String,
    #[field(computed = |customer| customer.name.len() > 10)]
    is_long: bool,
    #[field(on_delete = set_null)]
    parent: Option<Ref<Customer>>,
    owner: Option<Ref<platform::records::User>>,
    orders: Many<Order>,
}

/// The rules of this app.
pub mod rules {
    /// Rows of a customer that somebody may see.
    #[expression_rule]
    async fn mine() -> Result<Rows<Customer>> {
        Ok(Customer::rows(|c| c.active.eq(true)).or(Rows::none()))
    }
}

/// An order.
#[record(view = ["ui_users"])]
pub struct Order {
    /// Who ordered.
    #[field(on_delete = cascade)]
    customer: Ref<Customer>,
}

/// How much we care.
#[choices]
pub enum Tier {
    Bronze,
    Silver,
}

fn main() {
    let new = NewCustomer { name: "Ada".to_owned(), ..Default::default() };
    assert_eq!(new.tier, Tier::Silver);
    assert_eq!(new.state, "new");
    assert_eq!(new.credit_limit, dec!(100));
}
