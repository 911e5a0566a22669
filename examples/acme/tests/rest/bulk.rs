//! Many writes in one request.

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, prepared};
use super::{CONTACTS, CUSTOMERS, customer};

async fn bulk(client: &Client, path: &str, body: Json) -> Answer {
    client.post(&format!("{path}/bulk"), body).await
}

fn named(name: &str) -> Json {
    json!({ "name": name, "email": format!("{name}@bulk.example") })
}

#[tokio::test]
async fn many_writes_are_answered_as_each_would_be_alone() {
    let start = prepared(&[]).await;
    let (old, gone) = (customer(&start.admin, "Old").await, customer(&start.admin, "Gone").await);
    let operations = json!([
        { "create": named("New") },
        { "update": { "id": old["id"], "version": 1, "city": "Bruges" } },
        { "delete": { "id": gone["id"], "version": 1 } },
    ]);
    let answer = bulk(&start.admin, CUSTOMERS, json!({ "operations": operations })).await.is(200);
    let results = answer.body["results"].as_array().expect("results");
    let statuses: Vec<&Json> = results.iter().map(|result| &result["status"]).collect();
    assert_eq!(statuses, [201, 200, 204]);
    assert_eq!(results[0]["row"]["name"], "New");
    assert_eq!((&results[1]["row"]["city"], &results[1]["row"]["version"]), (&json!("Bruges"), &json!(2)));
    let path = format!("{CUSTOMERS}/{}", results[0]["row"]["id"]);
    start.admin.get(&path).await.is(200);
    start.admin.get(&format!("{CUSTOMERS}/{}", gone["id"])).await.problem(404, "record_not_found");
    let (_, logs) = start.platform.stop();
    let mut lines: Vec<&str> = logs.below(&answer.execution_id).iter().map(|line| line.text("operation")).collect();
    lines.sort_unstable();
    assert_eq!(lines, ["bulk", "create", "delete", "update"], "each write is recorded as its own execution");
}

#[tokio::test]
async fn all_are_done_or_none_and_every_failure_is_named() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let old = customer(&start.sales, "Old").await;
    let operations = json!([
        { "create": named("Fine") },
        { "create": { "name": "", "email": "nobody", "nickname": "x" } },
        { "update": { "id": old["id"], "version": 7, "city": "Bruges" } },
        { "update": { "id": old["id"], "city": "Bruges" } },
        { "update": { "id": 999_999, "version": 1, "city": "Bruges" } },
        { "delete": { "id": old["id"] } },
        { "create": { "name": "Twin", "email": "Old@acme.example" } },
    ]);
    let answer = bulk(&start.sales, CUSTOMERS, json!({ "operations": operations })).await.problem(422, "bulk_failed");
    for (field, code) in [
        ("operations[1].name", "length"),
        ("operations[1].email", "email"),
        ("operations[1].nickname", "unknown_field"),
        ("operations[2].version", "stale_version"),
        ("operations[3].version", "required"),
        ("operations[4]", "record_not_found"),
        ("operations[5]", "denied"),
        ("operations[6].email", "not_unique"),
    ] {
        assert_eq!(answer.names(field), code);
    }
    assert_eq!(start.sales.count(CUSTOMERS).await, before + 1);
}

#[tokio::test]
async fn what_fails_leaves_nothing_where_the_rest_may_stay() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let operations = json!([
        { "create": named("One") },
        { "create": named("One") },
        { "delete": { "id": 1 } },
        { "update": { "id": 1, "city": "Bruges" } },
        { "create": named("Two") },
    ]);
    let body = json!({ "operations": operations, "atomic": false });
    let answer = bulk(&start.sales, CUSTOMERS, body).await.is(200);
    let results = answer.body["results"].as_array().expect("results");
    let statuses: Vec<&Json> = results.iter().map(|result| &result["status"]).collect();
    assert_eq!(statuses, [201, 409, 403, 428, 201]);
    assert_eq!(results[1]["problem"]["code"], "not_unique");
    assert_eq!(results[1]["problem"]["errors"][0]["field"], "email");
    assert_eq!(start.sales.count(CUSTOMERS).await, before + 2);
}

#[tokio::test]
async fn fields_are_guarded_in_many_writes_as_in_one() {
    let start = prepared(&[]).await;
    let limited = json!({ "name": "A", "email": "a@bulk.example", "credit_limit": 5 });
    let refused = bulk(&start.sales, CUSTOMERS, json!({ "operations": [{ "create": limited }] })).await;
    assert_eq!(refused.problem(422, "bulk_failed").names("operations[0].credit_limit"), "unknown_field");
    let made = bulk(&start.sales, CUSTOMERS, json!({ "operations": [{ "create": named("A") }] })).await.is(200);
    assert!(made.body["results"][0]["row"].get("credit_limit").is_none());
    // Whoever may make none of the writes is told no more than at any other path.
    let create = json!({ "operations": [{ "create": named("B") }] });
    bulk(&start.outsider, CUSTOMERS, create.clone()).await.problem(404, "not_found");
    bulk(&start.outsider, CUSTOMERS, json!({ "nonsense": 1 })).await.problem(404, "not_found");
    bulk(&start.platform.client(), CUSTOMERS, create.clone()).await.problem(401, "not_signed_in");
    bulk(&start.finance, CONTACTS, create).await.problem(404, "not_found");
    let wrong = start.sales.send(start.sales.request(Method::PUT, &format!("{CUSTOMERS}/bulk"))).await;
    assert_eq!(wrong.problem(405, "method_not_allowed").headers["allow"], "POST");
}

#[tokio::test]
async fn a_request_of_the_wrong_form_does_nothing() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let good = json!({ "create": named("Good") });
    for (body, field, code) in [
        (json!({}), "operations", "required"),
        (json!({ "operations": {} }), "operations", "wrong_type"),
        (json!({ "operations": [] }), "operations", "length"),
        (json!({ "operations": vec![&good; 1001] }), "operations", "too_many"),
        (json!({ "operations": [good], "atomic": 1 }), "atomic", "wrong_type"),
        (json!({ "operations": [good], "all": true }), "all", "unknown_field"),
        (json!({ "operations": [good, 1] }), "operations[1]", "wrong_type"),
        (json!({ "operations": [good, {}] }), "operations[1]", "wrong_type"),
        (json!({ "operations": [{ "create": {}, "delete": {} }] }), "operations[0]", "wrong_type"),
        (json!({ "operations": [{ "upsert": {} }] }), "operations[0]", "wrong_type"),
        (json!({ "operations": [good, { "update": { "version": 1 } }] }), "operations[1].id", "required"),
        (json!({ "operations": [{ "update": { "id": "x" } }] }), "operations[0].id", "wrong_type"),
        (json!({ "operations": [{ "update": { "id": 1, "version": 0 } }] }), "operations[0].version", "wrong_type"),
        (json!({ "operations": [{ "delete": { "id": 1, "name": "A" } }] }), "operations[0].name", "unknown_field"),
    ] {
        let refused = bulk(&start.sales, CUSTOMERS, body.clone()).await.problem(422, "invalid_fields");
        assert_eq!(refused.names(field), code, "{body}");
    }
    let doubled = "{\"operations\":[{\"create\":{\"name\":\"A\",\"name\":\"B\",\"email\":\"a@bulk.example\"}}]}";
    let request = start.sales.request(Method::POST, &format!("{CUSTOMERS}/bulk"));
    start
        .sales
        .send(request.header("content-type", "application/json").body(doubled))
        .await
        .problem(400, "malformed_json");
    assert_eq!(start.sales.count(CUSTOMERS).await, before);
}
