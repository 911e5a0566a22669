//! What happens between us and a customer.

/// How we met.
#[choices]
pub enum ActivityKind {
    Call,
    Meeting,
    Email,
    Task,
}

/// A call, a visit, a letter, or something to be done. Seen by whoever it belongs to, and by
/// the administrators of the CRM; what was deleted can be brought back.
#[record(
    display = "number",
    audit_log,
    soft_delete,
    rows = rules::activities_of_mine,
    view = ["crm_users"],
    create = ["crm_users"],
    update = ["crm_users"],
    delete = ["crm_users"],
    admin = ["crm_admins"],
    plural = "activities",
)]
pub struct Activity {
    #[field(auto_number = "A-{year}-{number:5}")]
    number: String,
    #[field(on_delete = cascade)]
    customer: Ref<Customer>,
    #[field(default = ActivityKind::Call)]
    kind: ActivityKind,
    #[field(search)]
    #[validate(length(min = 1, max = 200))]
    subject: String,
    /// Who did it, or has to.
    owner: Ref<platform::records::User>,
    #[field(index)]
    due_on: Option<Date>,
    #[field(default = 0)]
    #[validate(range(min = 0, max = 100_000))]
    minutes: i32,
    /// What an hour of it costs us.
    #[field(default = dec!(60), scale = 2)]
    #[validate(range(min = 0))]
    hourly_rate: Decimal,
    #[field(computed = |activity| (activity.hourly_rate * Decimal::from(activity.minutes) / dec!(60)).round_dp(2))]
    cost: Decimal,
}
