//! A request from draft to decision, and what is refused on the way.

use std::sync::Arc;

use appos::prelude::{Decimal, Id, Record};
use appos::testing::{Scope, TestPlatform};
use appos::{AppOsError, ErrorKind, Result};
use approvals::records::{Decision, NewDecision, NewRequest, Request, RequestPatch, RequestState};
use approvals::rules;

struct People {
    platform: TestPlatform,
}

impl People {
    async fn new() -> Self {
        Self {
            platform: TestPlatform::start().await.expect("the platform starts"),
        }
    }

    async fn in_groups(&self, name: &str, groups: &[&str]) -> Arc<Scope> {
        self.platform.user(name, groups).await.expect("a user")
    }

    async fn ann(&self) -> Arc<Scope> {
        self.in_groups("ann", &["requesters"]).await
    }

    async fn bob(&self) -> Arc<Scope> {
        self.in_groups("bob", &["approvers"]).await
    }

    /// A request of Ann's that is handed in.
    async fn submitted(&self, amount: i64) -> Id<Request> {
        let ann = self.ann().await;
        let me = ann.user.id;
        ann.run(async move {
            let request = draft(me, amount).await.expect("a request");
            rules::submit(request.id).await.expect("it is handed in").id
        })
        .await
    }
}

async fn draft(requester: i64, amount: i64) -> Result<Request> {
    let request = NewRequest {
        subject: "A new desk".to_owned(),
        amount: Decimal::from(amount),
        requester: Id::from(requester).into(),
        ..Default::default()
    };
    Request::create(request).await
}

fn said(result: Result<Request>) -> (ErrorKind, String) {
    let error: AppOsError = result.expect_err("a refusal");
    (error.kind(), error.message().to_owned())
}

#[tokio::test]
async fn a_request_is_made_handed_in_and_approved() {
    let people = People::new().await;
    let id = people.submitted(500).await;
    let waiting = people
        .bob()
        .await
        .run(async { rules::waiting_requests().await })
        .await;
    assert_eq!(waiting.expect("an answer").len(), 1);
    let bob = people.bob().await;
    let approved = bob.run(async move { rules::approve(id, None).await }).await;
    assert_eq!(
        approved.expect("it is approved").state,
        RequestState::Approved
    );
    let ann = people.ann().await;
    let request = ann
        .run(async move { Request::get(id).await })
        .await
        .expect("the request");
    assert_eq!(request.state, RequestState::Approved);
}

#[tokio::test]
async fn wrong_moves_are_refused() {
    let people = People::new().await;
    let id = people.submitted(500).await;
    let ann = people.ann().await;
    let twice = ann.run(async move { rules::submit(id).await }).await;
    assert_eq!(
        said(twice).1,
        "a request does not go from submitted to submitted"
    );
    let ann = people.ann().await;
    let own = ann.run(async move { rules::approve(id, None).await }).await;
    assert_eq!(said(own).0, ErrorKind::Security);
    let bob = people.bob().await;
    let silent = bob
        .run(async move { rules::reject(id, " ".to_owned()).await })
        .await;
    assert_eq!(said(silent).1, "a rejection needs a reason");
    let bob = people.bob().await;
    let rejected = bob
        .run(async move { rules::reject(id, "too dear".to_owned()).await })
        .await;
    assert_eq!(
        rejected.expect("it is rejected").state,
        RequestState::Rejected
    );
    let bob = people.bob().await;
    let late = bob.run(async move { rules::approve(id, None).await }).await;
    assert_eq!(
        said(late).1,
        "a request does not go from rejected to approved"
    );
}

#[tokio::test]
async fn nobody_approves_a_request_of_their_own() {
    let people = People::new().await;
    let both = people.in_groups("eve", &["requesters", "approvers"]).await;
    let me = both.user.id;
    let own = both
        .run(async move {
            let request = draft(me, 1).await.expect("a request");
            rules::submit(request.id).await.expect("it is handed in");
            rules::approve(request.id, None).await
        })
        .await;
    assert_eq!(said(own).1, "nobody decides on a request of their own");
}

#[tokio::test]
async fn a_large_amount_needs_a_senior_approver() {
    let people = People::new().await;
    let id = people.submitted(10_001).await;
    let bob = people.bob().await;
    let refused = bob.run(async move { rules::approve(id, None).await }).await;
    assert_eq!(
        said(refused).1,
        "a senior approver decides on so large an amount"
    );
    let eve = people.in_groups("eve", &["senior_approvers"]).await;
    let approved = eve.run(async move { rules::approve(id, None).await }).await;
    assert_eq!(
        approved.expect("it is approved").state,
        RequestState::Approved
    );
}

#[tokio::test]
async fn past_the_rules_nothing_is_moved_either() {
    let people = People::new().await;
    let ann = people.ann().await;
    let me = ann.user.id;
    let (stolen, jumped, forged) = ann
        .run(async move {
            let stolen = draft(me + 1, 1).await;
            let request = draft(me, 1).await.expect("a request");
            let id = request.id;
            let state = RequestPatch {
                state: Some(RequestState::Approved),
                ..Default::default()
            };
            let jumped = request.update(state).await;
            let forged = NewDecision {
                request: id.into(),
                state: RequestState::Approved,
                subject: "A new desk".to_owned(),
                amount: Decimal::ONE,
                comment: None,
            };
            (stolen, jumped, Decision::create(forged).await)
        })
        .await;
    assert!(stolen.is_err(), "a request is made for oneself");
    assert_eq!(said(jumped).1, "a request is moved by a decision");
    let forged = forged.expect_err("a refusal");
    assert_eq!(
        forged.message(),
        "a request does not go from draft to approved"
    );
}

#[tokio::test]
async fn what_was_handed_in_is_not_changed_any_more() {
    let people = People::new().await;
    let id = people.submitted(500).await;
    let ann = people.ann().await;
    let changed = ann
        .run(async move {
            let request = Request::get(id).await.expect("the request");
            let more = RequestPatch {
                amount: Some(Decimal::from(900)),
                ..Default::default()
            };
            request.update(more).await
        })
        .await;
    assert_eq!(
        said(changed).1,
        "a request that was handed in is not changed any more"
    );
}

#[tokio::test]
async fn requesters_see_their_own_requests_and_no_assessments() {
    let people = People::new().await;
    let id = people.submitted(500).await;
    let bob = people.bob().await;
    let assessed = bob
        .run(async move {
            let request = Request::get(id).await.expect("the request");
            let patch = RequestPatch {
                assessment: Some(Some("He has a desk".to_owned())),
                ..Default::default()
            };
            request.update(patch).await
        })
        .await;
    assert!(assessed.is_ok(), "{assessed:?}");
    let ann = people.ann().await;
    let own = ann
        .run(async move { Request::get(id).await })
        .await
        .expect("the request");
    assert!(
        own.assessment.get().is_err(),
        "the requester does not see it"
    );
    let dan = people.in_groups("dan", &["requesters"]).await;
    let other = dan.run(async move { Request::find(id).await }).await;
    assert!(
        other.expect("an answer").is_none(),
        "another requester sees nothing"
    );
}
