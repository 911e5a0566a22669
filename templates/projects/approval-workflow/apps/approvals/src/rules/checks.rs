//! What holds on every way to write a request or a decision, also over HTTP: these rules are called
//! with each write, in its transaction, and undo it by an error.

/// A new request is a draft of whoever makes it.
#[expression_rule(description = "Check a new request")]
async fn request_made(request: Request) -> Result<()> {
    if request.requester.id().get() != ctx.user.id {
        let error = AppOsError::validation("a request is made for oneself");
        return Err(error.field("requester", "not_yours", "must be you"));
    }
    if request.state != RequestState::Draft {
        let error = AppOsError::validation("a new request is a draft");
        return Err(error.field("state", "wrong_state", "must be draft"));
    }
    Ok(())
}

/// The state is that of the last decision, and a request that was handed in stays as it was.
#[expression_rule(description = "Check a changed request")]
async fn request_changed(request: Request) -> Result<()> {
    let decisions = request.decisions.query().order_by(|decision| decision.id.desc());
    let last = decisions.first().await?;
    let state = last.as_ref().map_or(RequestState::Draft, |last| last.state);
    if request.state != state {
        let error = AppOsError::validation("a request is moved by a decision");
        return Err(error.field("state", "wrong_state", "is moved by a decision"));
    }
    match last {
        Some(last) if last.amount != request.amount || last.subject != request.subject => {
            Err(AppOsError::validation("a request that was handed in is not changed any more"))
        }
        _ => Ok(()),
    }
}

/// Checks a decision, and moves its request.
#[expression_rule(description = "Check a decision, and move the request")]
async fn decision_made(decision: Decision) -> Result<()> {
    let request = records::Request::get(decision.request.id()).await?;
    if decision.subject != request.subject || decision.amount != request.amount {
        return Err(AppOsError::validation("the decision is about another request"));
    }
    rules::may_move(request.id, decision.state, decision.comment).await?;
    let patch = RequestPatch { state: Some(decision.state), ..Default::default() };
    request.update(patch).await?;
    Ok(())
}

/// Refuses what the caller may not decide.
#[expression_rule(description = "Refuse a wrong move of a request")]
async fn may_move(
    request_id: Id<Request>,
    to: RequestState,
    comment: Option<String>,
) -> Result<()> {
    let request = records::Request::get(request_id).await?;
    let is_own = request.requester.id().get() == ctx.user.id;
    let refused = |why: &'static str| Err(AppOsError::validation(why));
    match (request.state, to) {
        (RequestState::Draft, RequestState::Submitted) if is_own => Ok(()),
        (RequestState::Draft | RequestState::Submitted, RequestState::Withdrawn) if is_own => {
            Ok(())
        }
        (RequestState::Submitted, RequestState::Approved | RequestState::Rejected) => {
            let is_large = request.amount > constants::approval_limit().await?;
            let is_senior = ctx.is_member("senior_approvers").await?;
            if is_own {
                refused("nobody decides on a request of their own")
            } else if !is_senior && !ctx.is_member("approvers").await? {
                Err(AppOsError::security("approvers decide on requests"))
            } else if to == RequestState::Rejected && comment.unwrap_or_default().trim().is_empty() {
                refused("a rejection needs a reason")
            } else if to == RequestState::Approved && is_large && !is_senior {
                refused("a senior approver decides on so large an amount")
            } else {
                Ok(())
            }
        }
        (_, RequestState::Submitted | RequestState::Withdrawn) if !is_own => {
            refused("only its requester hands a request in, or takes it back")
        }
        (from, to) => {
            Err(AppOsError::validation(format!("a request does not go from {from} to {to}")))
        }
    }
}
