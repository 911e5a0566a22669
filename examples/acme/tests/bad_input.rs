//! What clients should not send: each time a problem that names the cause, nothing written,
//! one line in the log, and a server that goes on.

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value as Json, json};
use support::{Answer, Client, Method, PASSWORD, Platform, Prepared, acme, prepared};

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

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let body = json!({
        "name": "", "email": "no address", "tier": "platinum", "customer_since": "2024-13-45", "website": 7,
        "nickname": "x", "id": 7, "version": 3, "created_at": "2024-01-01T00:00:00Z", "orders": [],
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
        ("orders", "read_only"),
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
async fn texts_that_look_like_statements_are_texts() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let name = "Robert'); DROP TABLE crm_customer;-- \" \\ % _ ` \u{202e}💥";
    let created = start.sales.post(CUSTOMERS, json!({ "name": name, "email": "bobby@acme.example" })).await.is(201);
    assert_eq!(created.body["name"], name);
    let list = async |pairs: &[(&str, &str)]| start.sales.get_with(CUSTOMERS, pairs).await;
    assert_eq!(list(&[("filter[name]", name)]).await.is(200).column("id"), [created.id()]);
    assert_eq!(list(&[("filter[name]", "' OR 1=1 --")]).await.is(200).column("id").len(), 0);
    // Signs of patterns are letters like others.
    assert_eq!(list(&[("filter[name][contains]", "% _ `")]).await.is(200).column("id"), [created.id()]);
    assert_eq!(list(&[("filter[name][starts_with]", "%")]).await.is(200).column("id").len(), 0);
    assert_eq!(list(&[("filter[name][contains]", "Roberta_")]).await.is(200).column("id").len(), 0);
    assert_eq!(list(&[("q", "DROP TABLE crm_customer")]).await.is(200).column("id"), [created.id()]);
    let refused = vec![
        list(&[("sort", "name; DROP TABLE crm_customer")]).await.problem(400, "bad_query"),
        list(&[("sort", "(SELECT 1)")]).await.problem(400, "bad_query"),
        list(&[("filter[name' OR '1'='1]", "x")]).await.problem(400, "bad_query"),
        list(&[("filter[name][= 1 OR 1]", "x")]).await.problem(400, "bad_query"),
        list(&[("limit", "1; DELETE FROM crm_customer")]).await.problem(400, "bad_query"),
    ];
    harmless(start, before + 1, refused).await;
}

#[tokio::test]
async fn queries_that_cannot_be_answered_name_their_parameter() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let long = "x".repeat(3000);
    let many = vec!["filter[name]=x"; 52].join("&");
    let too_long_list = format!("filter[name][in]={}", vec!["x"; 201].join(","));
    let cases = [
        ("filter[nickname]=x", "filter[nickname]"),
        ("filter[orders]=1", "filter[orders]"),
        ("filter[name][like]=x", "filter[name][like]"),
        ("filter[tier]=platinum", "filter[tier]"),
        ("filter[customer_since]=yesterday", "filter[customer_since]"),
        ("filter[customer_since][contains]=2024", "filter[customer_since][contains]"),
        ("filter[owner]=ada", "filter[owner]"),
        ("filter[id]=1.5", "filter[id]"),
        ("filter[id]=99999999999999999999", "filter[id]"),
        ("filter[name][null]=maybe", "filter[name][null]"),
        ("filter[name]=a%00b", "filter[name]"),
        ("filter[name][contains]=a%00b", "filter[name][contains]"),
        ("filter[name]=%ff", "filter[name]=%ff"),
        ("filter=x", "filter"),
        ("sort=nickname", "sort"),
        ("sort=", "sort"),
        ("sort=name,,id", "sort"),
        ("sort=--name", "sort"),
        ("sort=name,email,city,country,phone,website,tier,id,version", "sort"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=1&limit=2", "limit"),
        ("count=yes", "count"),
        ("page=2", "page"),
        ("q=a%00b", "q"),
        (many.as_str(), "filter"),
        (too_long_list.as_str(), "filter[name][in]"),
    ];
    let mut refused = Vec::new();
    for (query, field) in cases {
        let answer = start.sales.get(&format!("{CUSTOMERS}?{query}")).await.problem(400, "bad_query");
        answer.names(field);
        refused.push(answer);
    }
    // Long is not wrong.
    assert_eq!(start.sales.get(&format!("{CUSTOMERS}?filter[name]={long}")).await.is(200).column("id").len(), 0);
    harmless(start, before, refused).await;
}

#[tokio::test]
async fn cursors_that_were_not_given_out_are_refused() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let page = start.sales.get(&format!("{CUSTOMERS}?sort=name&limit=2")).await.is(200);
    let next = page.body["next"].as_str().expect("a next page").to_owned();
    let mut refused = Vec::new();
    let half = &next[..next.len() / 2];
    let bad = ["", "x", "0", "-1", "%00", "%ff", "../../etc/passwd", "e30", "bnVsbA", "W10", half];
    for cursor in bad.iter().filter(|cursor| !cursor.is_empty()) {
        let answer = start.sales.get(&format!("{CUSTOMERS}?sort=name&limit=2&cursor={cursor}")).await;
        // A text that is none at all, or one that is no cursor of this query.
        let told = (answer.status, answer.body["code"].as_str().unwrap_or_default());
        assert!([(400, "bad_query"), (422, "bad_cursor")].contains(&told), "{}", answer.body);
        refused.push(answer);
    }
    // Of another order, of another filter, of another record.
    for query in [format!("sort=-name&limit=2&cursor={next}"), format!("sort=name&filter[city]=Lyon&cursor={next}")] {
        refused.push(start.sales.get(&format!("{CUSTOMERS}?{query}")).await.problem(422, "bad_cursor"));
    }
    refused.push(start.sales.get(&format!("{ORDERS}?limit=2&cursor={next}")).await.problem(422, "bad_cursor"));
    harmless(start, before, refused).await;
}

#[tokio::test]
async fn ids_of_no_row_are_not_found() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let mut refused = Vec::new();
    for id in [
        "0",
        "-1",
        "01",
        "1.0",
        "+1",
        "abc",
        "999999",
        "9223372036854775807",
        "9223372036854775808",
        "1%00",
        "%ff",
        "'1'",
    ] {
        let path = format!("{CUSTOMERS}/{id}");
        refused.push(start.admin.get(&path).await.problem(404, "record_not_found"));
        refused.push(
            start.admin.patch(&path, json!({ "version": 1, "city": "X" })).await.problem(404, "record_not_found"),
        );
        refused.push(start.admin.delete(&path).await.problem(404, "record_not_found"));
    }
    for path in [
        "/api/crm/v1/suppliers",
        "/api/hr/v1/customers",
        "/api/crm/v2/customers",
        "/api/crm/v1/customers/1/orders",
        "/api/crm/v1/rules/unknown",
    ] {
        refused.push(start.admin.get(path).await.problem(404, "not_found"));
    }
    for (method, path) in
        [(Method::PUT, CUSTOMERS), (Method::DELETE, CUSTOMERS), (Method::POST, "/api/crm/v1/customers/1")]
    {
        let request = start.admin.request(method, path).json(&json!({}));
        refused.push(start.admin.send(request).await.problem(405, "method_not_allowed"));
    }
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

#[tokio::test]
async fn sessions_that_have_ended_or_never_were_are_refused() {
    let start = prepared(&[("APPOS__SESSION__TIMEOUT", "2s")]).await;
    let mut clerk = start.platform.client();
    clerk.sign_in("sales@acme.example", PASSWORD).await.is(200);
    clerk.get(CUSTOMERS).await.is(200);
    let mut refused = Vec::new();
    let garbage = ["x", "%00", "../../..", "' OR 1=1 --", "0000000000000000000000000000000000000000000"];
    for text in garbage {
        let someone = start.platform.client().with_session(&format!("appos_session={text}"));
        refused.push(someone.get(CUSTOMERS).await.problem(401, "session_expired"));
        refused.push(
            someone
                .post(CUSTOMERS, json!({ "name": "X", "email": "x@acme.example" }))
                .await
                .problem(401, "session_expired"),
        );
    }
    let someone = start.platform.client();
    for key in ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer \u{1}"] {
        let Ok(key) = key.parse::<reqwest::header::HeaderValue>() else { continue };
        let request = someone.request(Method::GET, CUSTOMERS).header("authorization", key);
        refused.push(someone.send(request).await.problem(401, "bad_api_key"));
    }
    tokio::time::sleep(std::time::Duration::from_millis(3100)).await;
    refused.push(clerk.get(CUSTOMERS).await.problem(401, "session_expired"));

    let mut again = start.platform.client();
    again.sign_in("sales@acme.example", PASSWORD).await.is(200);
    let ended = again.clone();
    again.post("/auth/logout", json!({})).await.is(204);
    refused.push(ended.get(CUSTOMERS).await.problem(401, "session_expired"));

    let (status, logs) = start.platform.stop();
    assert!(status.success());
    for answer in &refused {
        assert_eq!(logs.of(&answer.execution_id).len(), 1, "one line for {answer:?}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_change_nothing() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let body = json!({ "name": "Forged", "email": "forged@evil.example" });
    let mut refused = Vec::new();
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"] {
        let request = start.sales.request(Method::POST, CUSTOMERS).header("origin", origin).json(&body);
        refused.push(start.sales.send(request).await.problem(403, "foreign_origin"));
    }
    let own = start.platform.url.clone();
    let request = start.sales.request(Method::POST, CUSTOMERS).header("origin", own).json(&body);
    start.sales.send(request).await.is(201);
    harmless(start, before + 1, refused).await;
}

/// Sends bytes as they are and gives the beginning of the answer.
fn raw(url: &str, bytes: &[u8]) -> String {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).expect("a time limit");
    stream.write_all(bytes).ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn bytes_that_are_no_http_harm_nobody() {
    let mut start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let requests: [&[u8]; 6] = [
        b"\0\0\0\0\r\n\r\n",
        b"GET /api/crm/v1/customers?filter[name]=\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/crm/v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/crm/v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ];
    for request in requests {
        let url = start.platform.url.clone();
        let bytes = request.to_vec();
        let line = tokio::task::spawn_blocking(move || raw(&url, &bytes)).await.expect("an answer");
        let refused = line.is_empty() || line.split(' ').nth(1).is_some_and(|status| status.starts_with('4'));
        assert!(refused, "{line} for {}", String::from_utf8_lossy(request));
    }
    assert_eq!(start.admin.count(CUSTOMERS).await, before);
    assert!(start.platform.is_running());
}

/// Starts with this `appos.yaml` and gives exit code and errors.
fn refused_start(yaml: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("appos.yaml"), yaml).expect("the file");
    let output = acme(folder.path()).output().expect("the program runs");
    assert!(!folder.path().join(".appos").exists(), "nothing is created");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn mistakes_in_appos_yaml_stop_the_start_with_their_lines() {
    let (code, said) =
        refused_start("environment: dev\nserver:\n  prot: 8080\n  host: [1]\nsession:\n  timeout: soon\n");
    assert_eq!(code, Some(2), "{said}");
    for line in ["appos.yaml:3:3: ", "appos.yaml:4:", "appos.yaml:6:"] {
        assert!(said.contains(line), "{line} is not in:\n{said}");
    }
    assert!(said.contains("help: write `port`"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn text_that_is_no_yaml_stops_the_start_with_its_line() {
    let (code, said) = refused_start("environment: dev\nserver: {port: 1\napps: [crm\n");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("appos.yaml:"), "{said}");
    let (code, said) = refused_start("apps: [crm, billing, warehouse]\n");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("warehouse"), "{said}");
}

#[test]
fn mistakes_in_variables_stop_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = acme(folder.path()).env("APPOS__SERVER__MAX_BODY", "lots").output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("APPOS__SERVER__MAX_BODY"), "{said}");
}

#[test]
fn the_program_describes_itself_for_tools() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = acme(folder.path()).arg("__manifest").output().expect("the program runs");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    let manifest = appos_cli::project::dump::Manifest::parse(&text).expect("the format of the command line");
    let crm = appos_cli::commands::objects::select(manifest, None, Some("crm")).expect("an app");
    let line = |reference: &str| {
        let object = crm.objects.iter().find(|object| object.reference == reference).expect("an object");
        (object.kind.clone(), appos_cli::commands::objects::permissions(object), object.file.ends_with("customer.rs"))
    };
    let (kind, permissions, file) = line("crm.records.customer");
    assert_eq!((kind.as_str(), file), ("record", true));
    assert_eq!(permissions, "view=crm_users,finance create=crm_users update=crm_users,finance admin=crm_admins");
    assert!(!folder.path().join(".appos").exists(), "describing is not starting");
}

#[test]
fn a_platform_that_has_started_can_be_started_again() {
    let platform = Platform::start();
    assert!(platform.token.is_some());
    let folder = platform.into_folder();
    let (status, _) = Platform::start_in(folder, &[]).stop();
    assert!(status.success());
}
