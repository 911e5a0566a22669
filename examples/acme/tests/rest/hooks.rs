//! What follows from a write by itself: rules that are called after its commit, whichever way
//! the row was written.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::support::{Client, Method, prepared};
use super::{CUSTOMERS, ORDERS, customer};

/// A customer with one order that is large enough for gold once it is completed.
async fn buyer(client: &Client, name: &str) -> (Json, Json) {
    let customer = customer(client, name).await;
    let new = json!({ "customer": customer["id"], "number": name, "ordered_on": "2024-05-01", "total": "20000" });
    (customer, client.post(ORDERS, new).await.is(201).body)
}

async fn tier(client: &Client, customer: &Json) -> Json {
    client.get(&format!("{CUSTOMERS}/{}", customer["id"])).await.is(200).body["tier"].clone()
}

/// Waits for what the outbox brings.
async fn becomes_gold(client: &Client, customer: &Json) {
    while tier(client, customer).await != "gold" {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_completed_order_makes_a_better_customer_whichever_way_it_was_written() {
    let start = prepared(&[]).await;
    let sales = &start.sales;
    let (ann, order) = buyer(sales, "patched").await;
    sales.patch(&format!("{ORDERS}/{}", order["id"]), json!({ "version": 1, "status": "completed" })).await.is(200);
    becomes_gold(sales, &ann).await;

    let (ben, order) = buyer(sales, "in-bulk").await;
    let change = json!({ "update": { "id": order["id"], "version": 1, "status": "completed" } });
    sales.post(&format!("{ORDERS}/bulk"), json!({ "operations": [change] })).await.is(200);
    becomes_gold(sales, &ben).await;

    let (cat, _) = buyer(sales, "imported").await;
    let file = "number,status\r\nimported,completed\r\n";
    let import = sales.request(Method::POST, &format!("{ORDERS}/import?match=number"));
    let done = sales.send(import.header("content-type", "text/csv").body(file)).await.is(200);
    assert_eq!(done.body["updated"], 1, "{}", done.body);
    becomes_gold(sales, &cat).await;

    let (dan, order) = buyer(sales, "with-its-customer").await;
    let orders = json!([{ "id": order["id"], "version": 1, "status": "completed" }]);
    sales.patch(&format!("{CUSTOMERS}/{}", dan["id"]), json!({ "version": 1, "orders": orders })).await.is(200);
    becomes_gold(sales, &dan).await;
}

#[tokio::test]
async fn nothing_follows_from_writes_that_were_given_up() {
    let start = prepared(&[("APPOS__OUTBOX__CONCURRENCY", "1")]).await;
    let sales = &start.sales;
    let (ann, order) = buyer(sales, "given-up").await;
    let complete = |order: &Json, version: i64| json!({ "update": { "id": order["id"], "version": version, "status": "completed" } });
    let operations = [complete(&order, 1), complete(&order, 7)];
    sales.post(&format!("{ORDERS}/bulk"), json!({ "operations": operations })).await.problem(422, "bulk_failed");
    let file = "number,status\r\ngiven-up,completed\r\ngiven-up,nonsense\r\n";
    let import = sales.request(Method::POST, &format!("{ORDERS}/import?match=number"));
    sales.send(import.header("content-type", "text/csv").body(file)).await.problem(422, "import_failed");
    // What is enqueued later is called later: had there been a call, it would have been made.
    let (ben, order) = buyer(sales, "kept").await;
    sales.post(&format!("{ORDERS}/bulk"), json!({ "operations": [complete(&order, 1)] })).await.is(200);
    becomes_gold(sales, &ben).await;
    assert_eq!(tier(sales, &ann).await, "bronze");
}
