//! Which rows somebody sees.

/// Approvers see all requests, others their own.
#[expression_rule(description = "Requests that somebody may see")]
async fn visible_requests() -> Result<Rows<Request>> {
    if ctx.is_member("approvers").await? || ctx.is_member("senior_approvers").await? {
        return Ok(Rows::all());
    }
    Ok(records::Request::rows(|request| request.requester.eq(ctx.user.id)))
}

/// Decisions go with their requests.
#[expression_rule(description = "Decisions that somebody may see")]
async fn visible_decisions() -> Result<Rows<Decision>> {
    if ctx.is_member("approvers").await? || ctx.is_member("senior_approvers").await? {
        return Ok(Rows::all());
    }
    Ok(records::Decision::rows(|decision| {
        decision.request.is(|request| request.requester.eq(ctx.user.id))
    }))
}
