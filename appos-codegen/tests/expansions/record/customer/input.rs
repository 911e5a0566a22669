#[record(
    display = "name", view = ["crm_users"], create = ["crm_admins"], update = ["crm_admins"], delete = ["crm_admins"],
    unique("name", "email"), index("tier"),
)]
pub struct Customer {
    #[field(label = "Company", search)]
    #[validate(length(min = 1, max = 120))]
    name: String,
    #[field(unique)]
    #[validate(email)]
    email: String,
    #[field(default = Tier::Bronze)]
    tier: Tier,
    #[field(view = ["finance"], update = ["finance"], scale = 2)]
    #[validate(range(min = 0, exclusive_max = "1000000.00"))]
    credit_limit: Decimal,
    owner: Option<Ref<platform::records::User>>,
    orders: Many<Order>,
}
