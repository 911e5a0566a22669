//! Requests.

/// How far a request has come.
#[choices]
pub enum RequestState {
    Draft,
    Submitted,
    Approved,
    Rejected,
    Withdrawn,
}

/// Somebody asks for money. Requesters see their own, approvers all. The state is moved by decisions
/// alone, see `rules::request_changed`.
#[record(
    display = "number",
    audit_log,
    rows = rules::visible_requests,
    on_create = rules::request_made,
    on_update = rules::request_changed,
    view = ["requesters", "approvers", "senior_approvers"],
    create = ["requesters"],
    update = ["requesters", "approvers", "senior_approvers"],
)]
pub struct Request {
    #[field(auto_number = "R-{year}-{number:5}")]
    number: String,
    #[field(search, update = ["requesters"])]
    #[validate(length(min = 1, max = 200))]
    subject: String,
    #[field(scale = 2, update = ["requesters"])]
    #[validate(range(min = "0.01"))]
    amount: Decimal,
    #[field(update = ["requesters"])]
    requester: Ref<platform::records::User>,
    #[field(default = RequestState::Draft, index)]
    state: RequestState,
    /// What approvers tell each other. The requester does not see it.
    #[field(view = ["approvers", "senior_approvers"], update = ["approvers", "senior_approvers"])]
    #[validate(length(max = 2000))]
    assessment: Option<String>,
    decisions: Many<Decision>,
}
