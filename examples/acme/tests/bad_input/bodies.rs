//! Bodies that are none: no JSON, of the wrong kind, too large.

use serde_json::json;

use super::support::{Answer, Client, Method, prepared};
use super::{CUSTOMERS, harmless, send};

async fn post_text(client: &Client, body: impl Into<Vec<u8>>) -> Answer {
    send(client, Method::POST, CUSTOMERS, "application/json", body).await
}

#[tokio::test]
async fn bodies_that_are_no_json_objects_are_refused() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let deep = format!("{{\"name\":{}1{}}}", "[".repeat(5000), "]".repeat(5000));
    let bodies: Vec<Vec<u8>> = [
        "",
        "{",
        "{\"name\":\"A\"",
        "{\"name\":\"A\",}",
        "{name:'A'}",
        "[]",
        "\"text\"",
        "null",
        "42",
        "{\"name\":\"A\"} trailing",
        "{\"name\":\"A\",\"name\":\"B\"}",
        "{\"name\":\"\\ud800\"}",
        "{\"credit_limit\":NaN}",
        "{\"credit_limit\":1e999999}",
        deep.as_str(),
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .chain([b"{\"name\":\"\xff\xfe\"}".to_vec(), b"\0\0\0\0".to_vec(), vec![0x80; 64]])
    .collect();
    let mut refused = Vec::new();
    for body in bodies {
        refused.push(post_text(&start.sales, body).await.problem(400, "malformed_json"));
    }
    harmless(start, before, refused).await;
}

#[tokio::test]
async fn bodies_of_the_wrong_kind_or_size_are_refused() {
    let start = prepared(&[("APPOS__SERVER__MAX_BODY", "64 KB")]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let good = json!({ "name": "Fine", "email": "fine@acme.example" }).to_string();
    let mut refused = Vec::new();
    let kinds = [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "json",
        "",
    ];
    for kind in kinds {
        let answer = send(&start.sales, Method::POST, CUSTOMERS, kind, good.clone()).await;
        let answer = answer.problem(415, "unsupported_media_type");
        answer.names("Content-Type");
        refused.push(answer);
    }
    let bare = start.sales.request(Method::POST, CUSTOMERS).body(good);
    refused.push(start.sales.send(bare).await.problem(415, "unsupported_media_type"));
    let huge = json!({ "name": "x".repeat(70_000), "email": "fine@acme.example" });
    refused.push(start.sales.post(CUSTOMERS, huge).await.problem(413, "body_too_large"));
    harmless(start, before, refused).await;
}
