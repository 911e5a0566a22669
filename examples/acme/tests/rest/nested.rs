//! Rows that are written together with the row they belong to.

use serde_json::{Value as Json, json};

use super::support::{Client, Method, prepared, user};
use super::{ACCOUNTS, CUSTOMERS, ORDERS, customer};

const LINES: &str = "/api/crm/v1/order_lines";
const DELIVERIES: &str = "/api/crm/v1/deliveries";
const ACTIVITIES: &str = "/api/crm/v1/activities";

fn line(article: i64) -> Json {
    json!({ "article": article, "description": format!("chair {article}"), "unit_price": "10.50" })
}

/// An order without its lines.
fn order(customer: &Json, number: &str) -> Json {
    json!({ "customer": customer["id"], "number": number, "ordered_on": "2024-05-01", "total": "21" })
}

fn with(mut row: Json, field: &str, value: Json) -> Json {
    row[field] = value;
    row
}

/// The rows that belong to an order, by id.
async fn of(client: &Client, path: &str, order: &Json) -> Vec<Json> {
    let found = client.get(&format!("{path}?sort=id&filter[order]={}", order["id"])).await.is(200);
    found.body["rows"].as_array().expect("rows").clone()
}

/// An order with two lines.
async fn made(client: &Client, number: &str) -> (Json, Vec<Json>) {
    let customer = customer(client, number).await;
    let new = with(order(&customer, number), "lines", json!([line(1), line(2)]));
    let order = client.post(ORDERS, new).await.is(201).body;
    let lines = of(client, LINES, &order).await;
    (order, lines)
}

#[tokio::test]
async fn a_row_is_made_with_the_rows_that_belong_to_it_each_by_a_dispatch_of_its_own() {
    let start = prepared(&[]).await;
    let customer = customer(&start.sales, "whole").await;
    let delivery = json!({ "address": "Gate 3", "carrier": "Fast & Co" });
    let new = with(with(order(&customer, "N-1"), "lines", json!([line(1), line(2)])), "delivery", delivery);
    let made = start.sales.post(ORDERS, new).await.is(201);
    let lines = of(&start.sales, LINES, &made.body).await;
    assert_eq!(lines.iter().map(|line| &line["article"]).collect::<Vec<_>>(), [1, 2]);
    assert!(lines.iter().all(|line| line["quantity"] == 1 && line["version"] == 1 && line["order"] == made.body["id"]));
    assert_eq!(of(&start.sales, DELIVERIES, &made.body).await[0]["address"], "Gate 3");
    let none = with(with(order(&customer, "N-2"), "lines", json!([])), "note", json!("fetched"));
    let none = start.sales.post(ORDERS, none).await.is(201).body;
    assert!(of(&start.sales, LINES, &none).await.is_empty());
    let (_, logs) = start.platform.stop();
    let below = logs.below(&made.execution_id);
    let objects: Vec<_> = below.iter().map(|line| (line.text("object_ref"), line.text("operation"))).collect();
    let created = |object: &str| objects.iter().filter(|one| **one == (object, "create")).count();
    let counts = ["crm.records.order", "crm.records.order_line", "crm.records.delivery"].map(created);
    assert_eq!(counts, [1, 2, 1], "{objects:?}");
}

#[tokio::test]
async fn a_change_makes_changes_and_deletes_what_it_names_and_leaves_the_rest() {
    let start = prepared(&[]).await;
    let (order, lines) = made(&start.sales, "changed").await;
    let path = format!("{ORDERS}/{}", order["id"]);
    let elements = json!([
        { "id": lines[0]["id"], "version": 1, "quantity": 5 },
        line(3),
        { "id": lines[1]["id"], "version": 1, "delete": true },
    ]);
    let body = json!({ "version": 1, "total": "52.50", "lines": elements, "delivery": { "address": "Gate 3" } });
    let changed = start.sales.patch(&path, body).await.is(200);
    assert_eq!((&changed.body["version"], &changed.headers["etag"]), (&json!(2), &"\"2\"".parse().unwrap()));
    let now = of(&start.sales, LINES, &order).await;
    let seen: Vec<_> = now.iter().map(|line| (line["article"].clone(), line["quantity"].clone())).collect();
    assert_eq!(seen, [(json!(1), json!(5)), (json!(3), json!(1))]);
    let delivery = of(&start.sales, DELIVERIES, &order).await[0].clone();
    // Only a related row; the row itself counts as changed, so that of two such changes one fails.
    let body = json!({ "version": 2, "delivery": { "id": delivery["id"], "version": 1, "carrier": "Slow & Co" } });
    assert_eq!(start.sales.patch(&path, body.clone()).await.is(200).body["version"], 3);
    start.sales.patch(&path, body).await.problem(409, "stale_version");
    assert_eq!(of(&start.sales, DELIVERIES, &order).await[0]["carrier"], "Slow & Co");
    let second = json!({ "version": 3, "delivery": { "address": "Gate 4" } });
    assert_eq!(start.sales.patch(&path, second).await.problem(409, "not_unique").names("delivery.order"), "not_unique");
    let gone = json!({ "version": 3, "delivery": { "id": delivery["id"], "delete": true } });
    start.sales.patch(&path, gone).await.is(200);
    assert!(of(&start.sales, DELIVERIES, &order).await.is_empty());
    assert_eq!(of(&start.sales, LINES, &order).await, now);
}

#[tokio::test]
async fn all_mistakes_are_told_with_their_element_and_nothing_is_left() {
    let start = prepared(&[]).await;
    let customer = customer(&start.sales, "mistaken").await;
    let [orders, lines] = [start.sales.count(ORDERS).await, start.sales.count(LINES).await];
    let elements = json!([
        with(line(1), "quantity", json!(0)),
        { "description": "x", "unit_price": "much" },
        with(line(1), "order", json!(1)),
        7,
        with(line(1), "colour", json!("red")),
        with(line(1), "id", json!(1)),
        line(6),
    ]);
    let new = with(with(order(&customer, ""), "lines", elements), "delivery", json!([]));
    let refused = start.sales.post(ORDERS, new).await.problem(422, "invalid_fields");
    for (field, code) in [
        ("number", "length"),
        ("delivery", "wrong_type"),
        ("lines[0].quantity", "range"),
        ("lines[1].article", "required"),
        ("lines[1].unit_price", "wrong_type"),
        ("lines[2].order", "read_only"),
        ("lines[3]", "wrong_type"),
        ("lines[4].colour", "unknown_field"),
        ("lines[5].id", "read_only"),
    ] {
        assert_eq!(refused.names(field), code, "{field}");
    }
    assert_eq!(refused.body["errors"].as_array().map(Vec::len), Some(9), "{}", refused.body);
    // Also when the row itself is right, and some of the others are.
    let new = with(order(&customer, "N-1"), "lines", json!([line(1), with(line(2), "quantity", json!(0)), line(3)]));
    let refused = start.sales.post(ORDERS, new).await.problem(422, "invalid_fields");
    assert_eq!(refused.names("lines[1].quantity"), "range");
    for (given, code) in
        [(json!("x"), "wrong_type"), (json!(null), "wrong_type"), (json!(vec![line(1); 1001]), "too_many")]
    {
        let new = with(order(&customer, "N-1"), "lines", given);
        assert_eq!(start.sales.post(ORDERS, new).await.problem(422, "invalid_fields").names("lines"), code);
    }
    let deep = with(json!({ "name": "x", "email": "x@acme.example" }), "orders", json!([{ "lines": [line(1)] }]));
    let refused = start.sales.post(CUSTOMERS, deep).await.problem(422, "invalid_fields");
    assert_eq!(refused.names("orders[0].lines"), "too_deep");
    assert_eq!([start.sales.count(ORDERS).await, start.sales.count(LINES).await], [orders, lines]);
}

#[tokio::test]
async fn what_the_database_refuses_of_one_row_undoes_all() {
    let start = prepared(&[]).await;
    let invoice = |number: &str| json!({ "number": number, "issued_on": "2024-05-01", "total": "1" });
    let account = json!({ "first_name": "Ann", "last_name": "Lee", "address": "a", "city": "b", "country": "c", "email": "ann@lee.example" });
    let accounts = start.admin.count(ACCOUNTS).await;
    let twice = with(account.clone(), "invoices", json!([invoice("I-1"), invoice("I-2"), invoice("I-1")]));
    let refused = start.admin.post(ACCOUNTS, twice).await.problem(409, "not_unique");
    assert_eq!(refused.names("invoices[2].number"), "not_unique");
    assert_eq!(start.admin.count(ACCOUNTS).await, accounts);
    let once = with(account, "invoices", json!([invoice("I-1"), invoice("I-2")]));
    let made = start.admin.post(ACCOUNTS, once).await.is(201).body;
    // A row that others refer to stays, and with it all that was asked for.
    let lines = json!([{ "article": 1, "unit_price": "1" }]);
    let id = start.admin.get("/api/billing/v1/invoices?filter[number]=I-1").await.is(200).body["rows"][0]["id"].clone();
    start.admin.change(&format!("/api/billing/v1/invoices/{id}"), json!({ "lines": lines })).await.is(200);
    let path = format!("{ACCOUNTS}/{}", made["id"]);
    let stale = json!({ "version": 1, "city": "elsewhere", "invoices": [invoice("I-3"), { "id": id, "version": 1, "total": "2" }] });
    let refused = start.admin.patch(&path, stale).await.problem(409, "stale_version");
    assert_eq!(refused.names("invoices[1].version"), "stale_version");
    let now = start.admin.get(&path).await.is(200).body;
    assert_eq!((&now["version"], &now["city"]), (&json!(1), &json!("b")));
    assert!(start.admin.get("/api/billing/v1/invoices?filter[number]=I-3").await.is(200).column("id").is_empty());
}

#[tokio::test]
async fn rows_of_another_row_cannot_be_reached() {
    let start = prepared(&[]).await;
    let (order, _) = made(&start.sales, "own").await;
    let (_, foreign) = made(&start.sales, "foreign").await;
    let path = format!("{ORDERS}/{}", order["id"]);
    let ids = json!([
        { "id": foreign[0]["id"], "version": 1, "quantity": 9 },
        { "id": foreign[1]["id"], "delete": true },
        { "id": 999_999, "version": 1 },
    ]);
    let refused = start.sales.patch(&path, json!({ "version": 1, "lines": ids })).await.problem(422, "invalid_fields");
    for place in 0..3 {
        assert_eq!(refused.names(&format!("lines[{place}].id")), "record_not_found");
    }
    let odd = json!([
        { "id": 0 },
        { "id": foreign[0]["id"], "version": "1" },
        { "id": foreign[0]["id"] },
        { "id": foreign[0]["id"], "delete": false },
        { "id": foreign[0]["id"], "delete": true, "quantity": 1 },
        { "id": foreign[0]["id"], "version": 1, "order": order["id"] },
    ]);
    let refused = start.sales.patch(&path, json!({ "version": 1, "lines": odd })).await.problem(422, "invalid_fields");
    let told = ["[0].id", "[1].version", "[2].version", "[3].delete", "[4].quantity", "[5].order"];
    let told = told.map(|field| refused.names(&format!("lines{field}")).to_owned());
    assert_eq!(told, ["wrong_type", "wrong_type", "required", "wrong_type", "unknown_field", "read_only"]);
    assert_eq!(start.sales.get(&path).await.is(200).body["version"], 1);
    let still = start.sales.get(&format!("{LINES}/{}", foreign[0]["id"])).await.is(200).body;
    assert_eq!((&still["quantity"], &still["version"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn who_may_not_write_the_related_rows_alone_may_not_write_them_so() {
    let start = prepared(&[]).await;
    let (order_row, lines) = made(&start.sales, "guarded").await;
    // Clerks see orders, make and change them, and have nothing to do with lines.
    let clerk = user(&start.platform, &start.admin, "clerk", &["finance"]).await;
    let finance = start.admin.group("finance").await;
    for permission in ["create", "update"] {
        let grant = json!({ "group": finance, "pattern": "crm.records.order", "permission": permission });
        start.admin.post("/api/platform/v1/object_permissions", grant).await.is(201);
    }
    let customer = json!({ "id": order_row["customer"] });
    let [orders, all] = [start.admin.count(ORDERS).await, start.admin.count(LINES).await];
    let new = with(order(&customer, "C-1"), "lines", json!([line(1)]));
    let refused = clerk.post(ORDERS, new.clone()).await.is(403);
    assert!(!refused.names("lines[0]").is_empty());
    // Nothing is told of the fields of what he may not write.
    let wrong = with(order(&customer, ""), "lines", json!([{ "colour": 1 }]));
    let refused = clerk.post(ORDERS, wrong).await.is(403);
    assert_eq!(refused.names("number"), "length");
    assert!(!refused.body.to_string().contains("colour"), "{}", refused.body);
    let path = format!("{ORDERS}/{}", order_row["id"]);
    for element in [
        line(3),
        json!({ "id": lines[0]["id"], "version": 1, "quantity": 2 }),
        json!({ "id": lines[0]["id"], "version": 1, "delete": true }),
    ] {
        let refused = clerk.patch(&path, json!({ "version": 1, "note": "x", "lines": [element] })).await.is(403);
        assert!(!refused.names("lines[0]").is_empty());
    }
    assert_eq!([start.admin.count(ORDERS).await, start.admin.count(LINES).await], [orders, all]);
    assert_eq!(start.admin.get(&path).await.is(200).body["version"], 1);
    clerk.post(ORDERS, order(&customer, "C-1")).await.is(201);
    // What he may not write stands in no document of his, either.
    let document = clerk.get("/api/openapi.json").await.is(200).body;
    let new = &document["components"]["schemas"]["crm.records.order.new"]["properties"];
    assert!(new["number"].is_object() && new["lines"].is_null(), "{new}");
    let document = start.sales.get("/api/openapi.json").await.is(200).body;
    let new = &document["components"]["schemas"]["crm.records.order.new"]["properties"];
    let items = &new["lines"]["items"]["properties"];
    assert!(items["article"].is_object() && items["order"].is_null(), "{new}");
}

#[tokio::test]
async fn rules_of_rows_and_the_audit_log_hold_for_related_rows() {
    let start = prepared(&[]).await;
    let (mine, other) = (start.admin.id_of("sales").await, start.admin.id_of("outsider").await);
    let activity = |owner: i64| json!({ "owner": owner, "subject": "call", "minutes": 10 });
    let new = |email: &str, activities: Json| json!({ "name": "x", "email": email, "activities": activities });
    let given_away = new("a@nested.example", json!([activity(mine), activity(other)]));
    let refused = start.sales.post(CUSTOMERS, given_away).await.is(403);
    assert_eq!(refused.names("activities[1]"), "row_not_allowed");
    assert_eq!(start.sales.count(ACTIVITIES).await, 0);
    let made = start.sales.post(CUSTOMERS, new("b@nested.example", json!([activity(mine)]))).await.is(201);
    let row = start.sales.get(ACTIVITIES).await.is(200).body["rows"][0].clone();
    assert_eq!(row["customer"], made.body["id"]);
    let path = format!("{CUSTOMERS}/{}", made.body["id"]);
    let done = json!({ "version": 1, "activities": [{ "id": row["id"], "version": 1, "minutes": 20 }] });
    start.sales.patch(&path, done).await.is(200);
    let audit = start.sales.get(&format!("{ACTIVITIES}/{}/audit", row["id"])).await.is(200).body;
    assert_eq!(audit["entries"][0]["changes"], json!({ "minutes": { "old": 10, "new": 20 } }));
    assert_eq!((&audit["entries"][0]["user"], &audit["entries"][1]["action"]), (&json!(mine), &json!("create")));
    // Somebody else's is as missing as none.
    let boss = user(&start.platform, &start.admin, "chief", &["crm_users", "crm_admins"]).await;
    let foreign = with(activity(other), "customer", made.body["id"].clone());
    let foreign = boss.post(ACTIVITIES, foreign).await.is(201).body;
    let reach = json!({ "version": 2, "activities": [{ "id": foreign["id"], "version": 1, "minutes": 1 }] });
    let refused = start.sales.patch(&path, reach).await.problem(422, "invalid_fields");
    assert_eq!(refused.names("activities[0].id"), "record_not_found");
}

#[tokio::test]
async fn bulk_and_repeated_requests_take_related_rows_too() {
    let start = prepared(&[]).await;
    let customer = customer(&start.sales, "many").await;
    let create = |number: &str, quantity: i64| json!({ "create": with(order(&customer, number), "lines", json!([with(line(1), "quantity", json!(quantity))])) });
    let operations = json!({ "operations": [create("B-1", 1), create("B-2", 0)] });
    let refused = start.sales.post(&format!("{ORDERS}/bulk"), operations).await.problem(422, "bulk_failed");
    assert_eq!(refused.names("operations[1].lines[0].quantity"), "range");
    assert!(start.sales.get(&format!("{ORDERS}?filter[number]=B-1")).await.is(200).column("id").is_empty());
    let operations = json!({ "atomic": false, "operations": [create("B-1", 1), create("B-2", 0)] });
    let answer = start.sales.post(&format!("{ORDERS}/bulk"), operations).await.is(200).body;
    assert_eq!((&answer["results"][0]["status"], &answer["results"][1]["status"]), (&json!(201), &json!(422)));
    assert_eq!(of(&start.sales, LINES, &answer["results"][0]["row"]).await.len(), 1);
    let new = with(order(&customer, "once"), "lines", json!([line(1)]));
    let send = async || {
        let request = start.sales.request(Method::POST, ORDERS).header("idempotency-key", "one-order");
        start.sales.send(request.json(&new)).await.is(201).body
    };
    assert_eq!(send().await, send().await);
    let made = start.sales.get(&format!("{ORDERS}?filter[number]=once")).await.is(200).body["rows"][0].clone();
    assert_eq!(of(&start.sales, LINES, &made).await.len(), 1);
}
