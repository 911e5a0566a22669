//! What clients should not send: each time a problem that names the cause, nothing written,
//! one line in the log, and a server that goes on.

#[path = "../support/mod.rs"]
mod support;

mod bodies;
mod fields;
mod questions;
mod starts;
mod strangers;

use support::{Answer, Client, Method, Prepared};

const CUSTOMERS: &str = "/api/crm/v1/customers";
const ORDERS: &str = "/api/crm/v1/orders";

/// Checks what holds after every refused request of a test, and ends the platform.
async fn harmless(mut start: Prepared, before: u64, refused: Vec<Answer>) {
    assert!(!refused.is_empty());
    assert_eq!(start.admin.count(CUSTOMERS).await, before, "nothing is written");
    start.admin.get(&format!("{CUSTOMERS}/1")).await.is(200);
    assert!(start.platform.is_running(), "the server goes on");
    let (status, logs) = start.platform.stop();
    assert!(status.success());
    for answer in refused {
        let lines = logs.of(&answer.execution_id);
        assert_eq!(lines.len(), 1, "one line for {answer:?}");
        assert_ne!(lines[0].text("outcome"), "ok", "{:?}", lines[0]);
        assert_eq!(lines[0].json["error"]["code"], answer.body["code"], "{:?}", lines[0]);
    }
    let panics = logs.0.iter().filter(|line| line.text("outcome") == "panicked").count();
    assert_eq!(panics, 0);
}

async fn send(client: &Client, method: Method, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
    let request = client.request(method, path).header("content-type", kind).body(body.into());
    client.send(request).await
}
