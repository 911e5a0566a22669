//! Requests that are sent again under the same key.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::CUSTOMERS;
use super::support::{Answer, Client, Method, database, prepared, user};

async fn keyed(client: &Client, method: Method, path: &str, key: &str, body: Option<&Json>) -> Answer {
    let request = client.request(method, path).header("idempotency-key", key);
    client.send(if let Some(body) = body { request.json(body) } else { request }).await
}

fn is_replay(answer: &Answer) -> bool {
    answer.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
}

#[tokio::test]
async fn a_write_that_is_sent_again_is_done_once_and_answered_the_same() {
    let start = prepared(&[]).await;
    let new = json!({ "name": "Once", "email": "once@acme.example" });
    let first = keyed(&start.admin, Method::POST, CUSTOMERS, "order-1", Some(&new)).await.is(201);
    // With quotes it is the same key.
    let again = keyed(&start.admin, Method::POST, CUSTOMERS, "\"order-1\"", Some(&new)).await.is(201);
    assert!(!is_replay(&first) && is_replay(&again));
    assert_eq!(first.body, again.body);
    for name in ["etag", "location", "content-type"] {
        assert_eq!(first.headers[name], again.headers[name], "{name}");
    }
    let path = format!("{CUSTOMERS}/{}", first.id());
    let change = json!({ "version": 1, "city": "Ghent" });
    let changed = keyed(&start.admin, Method::PATCH, &path, "change-1", Some(&change)).await.is(200);
    let again = keyed(&start.admin, Method::PATCH, &path, "change-1", Some(&change)).await.is(200);
    assert_eq!((changed.body, is_replay(&again)), (again.body, true));
    keyed(&start.admin, Method::DELETE, &path, "end-1", None).await.is(204);
    assert!(is_replay(&keyed(&start.admin, Method::DELETE, &path, "end-1", None).await.is(204)));
    keyed(&start.admin, Method::DELETE, &path, "end-2", None).await.problem(404, "record_not_found");
    let many = json!({ "operations": [{ "create": { "name": "Twice", "email": "twice@acme.example" } }] });
    let path = format!("{CUSTOMERS}/bulk");
    let first = keyed(&start.admin, Method::POST, &path, "bulk-1", Some(&many)).await.is(200);
    let again = keyed(&start.admin, Method::POST, &path, "bulk-1", Some(&many)).await.is(200);
    assert_eq!((first.body, is_replay(&again)), (again.body, true));
    let (_, logs) = start.platform.stop();
    let lines = logs.of(&again.execution_id);
    assert_eq!((lines.len(), lines[0].text("operation")), (1, "replay"));
}

#[tokio::test]
async fn concurrent_duplicates_run_once() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let sales = start.sales.clone();
        tasks.spawn(async move {
            let new = json!({ "name": "Race", "email": "race@acme.example" });
            keyed(&sales, Method::POST, CUSTOMERS, "race", Some(&new)).await.is(201)
        });
    }
    let answers = tasks.join_all().await;
    let ids: BTreeSet<i64> = answers.iter().map(Answer::id).collect();
    assert_eq!((ids.len(), answers.iter().filter(|answer| !is_replay(answer)).count()), (1, 1));
    assert_eq!(start.sales.count(CUSTOMERS).await, before + 1);
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_user() {
    let start = prepared(&[]).await;
    let new = |name: &str| json!({ "name": name, "email": format!("{name}@acme.example") });
    let mine = keyed(&start.sales, Method::POST, CUSTOMERS, "k", Some(&new("a"))).await.is(201);
    for (path, body) in [(CUSTOMERS.to_owned(), new("b")), (format!("{CUSTOMERS}/bulk"), new("a"))] {
        let refused = keyed(&start.sales, Method::POST, &path, "k", Some(&body)).await;
        assert_eq!(refused.problem(422, "idempotency_key_reused").names("Idempotency-Key"), "reused");
    }
    // Of somebody else it is another key: nothing of the first answer is seen.
    let rival = user(&start.platform, &start.admin, "rival", &["crm_users"]).await;
    let theirs = keyed(&rival, Method::POST, CUSTOMERS, "k", Some(&new("a"))).await;
    assert!(!theirs.body.to_string().contains("a@acme.example"));
    theirs.problem(409, "not_unique");
    let theirs = keyed(&rival, Method::POST, CUSTOMERS, "k", Some(&new("c"))).await.is(201);
    assert_ne!(theirs.id(), mine.id());
    keyed(&start.outsider, Method::POST, CUSTOMERS, "k", Some(&new("a"))).await.problem(404, "not_found");
    let nobody = start.platform.client();
    keyed(&nobody, Method::POST, CUSTOMERS, "k", Some(&new("a"))).await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn a_key_changes_nothing_for_a_method_that_the_path_does_not_take() {
    let start = prepared(&[]).await;
    let new = json!({ "name": "Method", "email": "method@acme.example" });
    let row = keyed(&start.sales, Method::POST, CUSTOMERS, "m", Some(&new)).await.is(201);
    let query = Method::from_bytes(b"QUERY").expect("a method");
    for (method, path) in [
        (query, CUSTOMERS.to_owned()),
        (Method::PATCH, CUSTOMERS.to_owned()),
        (Method::PUT, format!("{CUSTOMERS}/{}", row.id())),
        (Method::DELETE, format!("{CUSTOMERS}/bulk")),
    ] {
        keyed(&start.sales, method, &path, "m", Some(&new)).await.problem(405, "method_not_allowed");
    }
}

#[tokio::test]
async fn a_key_is_free_again_a_day_later() {
    let start = prepared(&[]).await;
    let new = |name: &str| json!({ "name": name, "email": format!("{name}@acme.example") });
    let old = keyed(&start.sales, Method::POST, CUSTOMERS, "old", Some(&new("yesterday"))).await.is(201);
    database::execute(start.platform.folder(), "UPDATE platform_idempotency_key SET expires_at = expires_at - 86401")
        .await;
    let today = keyed(&start.sales, Method::POST, CUSTOMERS, "today", Some(&new("today"))).await.is(201);
    // The same request is another one now, and so may be another request under the key.
    keyed(&start.sales, Method::POST, CUSTOMERS, "old", Some(&new("yesterday"))).await.problem(409, "not_unique");
    let again = keyed(&start.sales, Method::POST, CUSTOMERS, "old", Some(&new("tomorrow"))).await.is(201);
    assert!(!is_replay(&again) && again.id() != old.id());
    let kept = keyed(&start.sales, Method::POST, CUSTOMERS, "today", Some(&new("today"))).await.is(201);
    assert!(is_replay(&kept) && kept.id() == today.id(), "a key of today is as it was");
}

#[tokio::test]
async fn an_error_leaves_the_key_free() {
    let start = prepared(&[]).await;
    let wrong = json!({ "name": "", "email": "free@acme.example" });
    keyed(&start.sales, Method::POST, CUSTOMERS, "free", Some(&wrong)).await.problem(422, "invalid_fields");
    let right = json!({ "name": "Free", "email": "free@acme.example" });
    let made = keyed(&start.sales, Method::POST, CUSTOMERS, "free", Some(&right)).await.is(201);
    assert!(!is_replay(&made));
}

#[tokio::test]
async fn keys_that_cannot_count_are_refused() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let new = json!({ "name": "A", "email": "a@keys.example" });
    for key in ["", "\"\"", "two words", "a\"b", "a\\b", &"x".repeat(256)] {
        let refused = keyed(&start.sales, Method::POST, CUSTOMERS, key, Some(&new)).await;
        assert_eq!(refused.problem(400, "bad_header").names("Idempotency-Key"), "bad_header", "{key}");
        // Whoever may not write learns nothing, not even from a bad key.
        keyed(&start.outsider, Method::POST, CUSTOMERS, key, Some(&new)).await.problem(404, "not_found");
    }
    let rule = "/api/platform/v1/rules/why";
    let refused = keyed(&start.admin, Method::POST, rule, "k", Some(&json!({}))).await;
    assert_eq!(refused.problem(400, "bad_header").names("Idempotency-Key"), "bad_header");
    assert_eq!(start.sales.count(CUSTOMERS).await, before);
}
