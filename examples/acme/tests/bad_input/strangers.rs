//! Who is nobody: ended sessions, pages of other sites, bytes that are no HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use super::support::{Method, PASSWORD, prepared};
use super::{CUSTOMERS, harmless};

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
        b"GET /api/crm/v1/customers?filter[name]=\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/crm/v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/crm/v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
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
