//! Decisions: the steps that a request has taken.

/// A step of a request: who took it stands in `created_by`, when in `created_at`. Nobody changes or
/// deletes one.
#[record(
    display = "state",
    rows = rules::visible_decisions,
    on_create = rules::decision_made,
    view = ["requesters", "approvers", "senior_approvers"],
    create = ["requesters", "approvers", "senior_approvers"],
)]
pub struct Decision {
    #[field(on_delete = cascade)]
    request: Ref<Request>,
    /// Where the request goes.
    state: RequestState,
    /// What the request was about at this step, so that nobody changes it afterwards.
    #[validate(length(min = 1, max = 200))]
    subject: String,
    #[field(scale = 2)]
    amount: Decimal,
    #[validate(length(max = 2000))]
    comment: Option<String>,
}
