//! Values that do not fit their field, reference, version or parameter.

use serde_json::{Value as Json, json};

use super::support::{Method, prepared};
use super::{CUSTOMERS, ORDERS, harmless, send};

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let body = json!({
        "name": "", "email": "no address", "tier": "platinum", "customer_since": "2024-13-45", "website": 7,
        "nickname": "x", "id": 7, "version": 3, "created_at": "2024-01-01T00:00:00Z", "orders": {},
        "phone": "1".repeat(41), "city": ["Ghent"], "country": { "code": "BE" }, "owner": "me", "account": -1,
    });
    let answer = start.sales.post(CUSTOMERS, body).await.problem(422, "invalid_fields");
    let expected = [
        ("name", "length"),
        ("email", "email"),
        ("tier", "unknown_choice"),
        ("customer_since", "wrong_type"),
        ("website", "wrong_type"),
        ("nickname", "unknown_field"),
        ("id", "read_only"),
        ("version", "read_only"),
        ("created_at", "read_only"),
        ("orders", "wrong_type"),
        ("phone", "length"),
        ("city", "wrong_type"),
        ("country", "wrong_type"),
        ("owner", "wrong_type"),
        ("account", "wrong_type"),
    ];
    for (field, code) in expected {
        assert_eq!(answer.names(field), code, "{field}");
    }
    let empty = start.sales.post(CUSTOMERS, json!({})).await.problem(422, "invalid_fields");
    assert_eq!((empty.names("name"), empty.names("email")), ("required", "required"));
    let null = start.sales.post(CUSTOMERS, json!({ "name": null, "email": null })).await.problem(422, "invalid_fields");
    assert_eq!(null.names("name"), "required");
    harmless(start, before, vec![answer, empty, null]).await;
}

#[tokio::test]
async fn values_out_of_their_limits_are_refused() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let with = |field: &str, value: Json| {
        let mut body = json!({ "name": "Limit", "email": "limit@acme.example" });
        body[field] = value;
        body
    };
    let cases = [
        ("name", json!("n\u{0}l"), "nul_character"),
        ("name", json!("x".repeat(121)), "length"),
        ("credit_limit", json!("-0.01"), "range"),
        ("credit_limit", json!("0.001"), "too_precise"),
        ("credit_limit", json!("99999999999999999999999999"), "out_of_range"),
        ("credit_limit", json!("1,5"), "wrong_type"),
        ("credit_limit", json!(true), "wrong_type"),
        ("customer_since", json!("99999-01-01"), "wrong_type"),
        ("customer_since", json!(20_240_101), "wrong_type"),
        ("owner", json!(1.5), "wrong_type"),
        ("owner", json!(0), "wrong_type"),
        ("account", json!(9_223_372_036_854_775_807_i64), "broken_reference"),
        ("account", json!(1e30), "wrong_type"),
    ];
    let mut refused = Vec::new();
    for (field, value, code) in cases {
        let shown = value.to_string();
        let answer = start.admin.post(CUSTOMERS, with(field, value)).await.problem(422, "invalid_fields");
        assert_eq!(answer.names(field), code, "{field}: {}", shown.chars().take(60).collect::<String>());
        refused.push(answer);
    }
    // Values that others have.
    let taken = start.admin.get(&format!("{CUSTOMERS}/1")).await.is(200);
    let answer =
        start.admin.post(CUSTOMERS, with("email", taken.body["email"].clone())).await.problem(409, "not_unique");
    assert_eq!(answer.names("email"), "not_unique");
    refused.push(answer);
    let answer = start.admin.post(CUSTOMERS, with("account", taken.body["account"].clone())).await;
    assert_eq!(answer.clone().problem(409, "not_unique").names("account"), "not_unique");
    refused.push(answer);
    harmless(start, before, refused).await;
}

#[tokio::test]
async fn references_to_no_row_name_their_field() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let orders = start.sales.count(ORDERS).await;
    let body =
        json!({ "number": "X-1", "customer": 999_999, "ordered_on": "2024-05-01", "total": "1", "invoice": 888_888 });
    let both = start.sales.post(ORDERS, body).await.problem(422, "invalid_fields");
    assert_eq!((both.names("customer"), both.names("invoice")), ("broken_reference", "broken_reference"));
    let row = start.sales.get(&format!("{ORDERS}/1")).await.is(200);
    let version = row.body["version"].clone();
    let change = start.sales.patch(&format!("{ORDERS}/1"), json!({ "version": version, "customer": 999_999 })).await;
    assert_eq!(change.clone().problem(422, "invalid_fields").names("customer"), "broken_reference");
    assert_eq!(start.sales.get(&format!("{ORDERS}/1")).await.body, row.body, "the row is unchanged");
    assert_eq!(start.sales.count(ORDERS).await, orders);
    harmless(start, before, vec![both, change]).await;
}

#[tokio::test]
async fn changes_must_name_the_version_they_change() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let path = format!("{CUSTOMERS}/1");
    let row = start.sales.get(&path).await.is(200);
    let version = row.body["version"].as_i64().expect("a version");
    let change = |version: Json| json!({ "version": version, "city": "Nowhere" });
    let mut refused = vec![
        start.sales.patch(&path, json!({ "city": "Nowhere" })).await.problem(428, "version_required"),
        start.sales.patch(&path, change(json!(version - 1))).await.problem(409, "stale_version"),
        start.sales.patch(&path, change(json!(version + 1))).await.problem(409, "stale_version"),
        start.sales.patch(&path, change(json!(-5))).await.problem(409, "stale_version"),
        start.sales.patch(&path, change(json!("1"))).await.problem(422, "invalid_fields"),
        start.sales.patch(&path, change(Json::Null)).await.problem(422, "invalid_fields"),
    ];
    for answer in &refused {
        answer.names("version");
    }
    for tag in ["", "one", "\"x\"", "W/\"1\"", "*", "\"1\", \"2\""] {
        let request =
            start.sales.request(Method::PATCH, &path).header("if-match", tag).json(&json!({ "city": "Nowhere" }));
        let answer = start.sales.send(request).await.problem(400, "bad_header");
        answer.names("If-Match");
        refused.push(answer);
    }
    let request = start.sales.request(Method::PATCH, &path).header("if-match", format!("\"{version}\""));
    refused.push(start.sales.send(request.json(&change(json!(version + 1)))).await.problem(422, "versions_differ"));
    let request = start.admin.request(Method::DELETE, &path).header("if-match", "\"99\"");
    refused.push(start.admin.send(request).await.problem(409, "stale_version"));
    assert_eq!(start.sales.get(&path).await.is(200).body, row.body, "the row is unchanged");
    harmless(start, before, refused).await;
}

#[tokio::test]
async fn arguments_that_do_not_fit_a_rule_are_named() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let path = "/api/crm/v1/rules/customer_ltv";
    let cases = [
        (json!({}), "customer_id"),
        (json!({ "customer_id": "one" }), "customer_id"),
        (json!({ "customer_id": null }), "customer_id"),
        (json!({ "customer_id": 1.5 }), "customer_id"),
        (json!({ "customer_id": [1] }), "customer_id"),
        (json!({ "customer_id": 1, "customer": 1 }), "customer"),
    ];
    let mut refused = Vec::new();
    for (body, argument) in cases {
        let answer = start.sales.post(path, body).await;
        assert!(answer.status == 422, "{answer:?}");
        answer.names(argument);
        refused.push(answer);
    }
    refused
        .push(send(&start.sales, Method::POST, path, "application/json", "[1]").await.problem(400, "malformed_json"));
    refused.push(start.sales.get(path).await.problem(405, "method_not_allowed"));
    harmless(start, before, refused).await;
}
