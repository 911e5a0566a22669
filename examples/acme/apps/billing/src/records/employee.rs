//! The people who look after accounts.

/// Someone who works here.
#[record(
    display = "last_name",
    audit_log,
    view = ["billing_users", "billing_viewers", "finance"],
    admin = ["billing_admins"],
    index("last_name", "first_name"),
)]
pub struct Employee {
    #[validate(length(min = 1, max = 60))]
    first_name: String,
    #[field(search)]
    #[validate(length(min = 1, max = 60))]
    last_name: String,
    #[field(label = "Job title")]
    #[validate(length(min = 1, max = 120))]
    title: String,
    /// The head of the company reports to nobody.
    #[field(on_delete = set_null)]
    reports_to: Option<Ref<Employee>>,
    #[field(sensitive, view = ["billing_admins"], update = ["billing_admins"])]
    birth_date: Option<Date>,
    hire_date: Date,
    #[validate(length(max = 60))]
    city: Option<String>,
    #[validate(length(max = 60))]
    country: Option<String>,
    #[field(unique)]
    #[validate(email)]
    email: String,
    /// Those who report to this one.
    reports: Many<Employee>,
    accounts: Many<Account>,
}
