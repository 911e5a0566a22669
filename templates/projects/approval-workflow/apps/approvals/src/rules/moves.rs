//! The moves of a request. Each is a decision, which is checked when it is made: see `checks.rs`.

/// Hands a draft in.
#[expression_rule(description = "Hand a request in", use = ["requesters"])]
async fn submit(request_id: Id<Request>) -> Result<Request> {
    rules::decide(request_id, RequestState::Submitted, None).await
}

/// Takes a request back that nobody has decided on.
#[expression_rule(description = "Take a request back", use = ["requesters"])]
async fn withdraw(request_id: Id<Request>) -> Result<Request> {
    rules::decide(request_id, RequestState::Withdrawn, None).await
}

/// Approves a request of somebody else.
#[expression_rule(description = "Approve a request", use = ["approvers", "senior_approvers"])]
async fn approve(request_id: Id<Request>, comment: Option<String>) -> Result<Request> {
    rules::decide(request_id, RequestState::Approved, comment).await
}

/// Rejects a request of somebody else, with a reason.
#[expression_rule(description = "Reject a request", use = ["approvers", "senior_approvers"])]
async fn reject(request_id: Id<Request>, comment: String) -> Result<Request> {
    rules::decide(request_id, RequestState::Rejected, Some(comment)).await
}

/// Writes a decision down, which moves the request.
#[expression_rule(description = "Move a request by a decision")]
async fn decide(
    request_id: Id<Request>,
    state: RequestState,
    comment: Option<String>,
) -> Result<Request> {
    let request = records::Request::get(request_id).await?;
    let decision = NewDecision {
        request: request.id.into(),
        state,
        subject: request.subject,
        amount: request.amount,
        comment,
    };
    records::Decision::create(decision).await?;
    records::Request::get(request_id).await
}

/// Requests that wait for a decision, the oldest first.
#[expression_rule(description = "Requests that wait for a decision", use = ["approvers", "senior_approvers"])]
async fn waiting_requests() -> Result<Vec<Request>> {
    records::Request::query()
        .state(RequestState::Submitted)
        .order_by(|request| request.id.asc())
        .limit(100)
        .all()
        .await
}
