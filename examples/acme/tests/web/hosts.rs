//! Under which names the server answers: a page whose own name was led to its address (DNS rebinding) gets
//! nothing, and no answer repeats a name that somebody made up.

use serde_json::json;

use super::raw::{exchange, status};
use super::support::prepared;

fn asked(url: &str, target: &str, host: &str) -> String {
    exchange(url, format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
}

#[track_caller]
fn is_served(url: &str, host: &str) {
    let answer = asked(url, "/login", host);
    assert_eq!(status(&answer), 200, "{host}: {answer}");
}

#[track_caller]
fn is_refused(url: &str, host: &str) {
    for target in ["/login", "/api/crm/v1/customers", "/nothing"] {
        let answer = asked(url, target, host);
        assert_eq!(status(&answer), 421, "{host}: {answer}");
        assert!(answer.contains("\"code\":\"wrong_host\"") && answer.contains("x-execution-id: "), "{answer}");
        assert!(host.is_empty() || !answer.contains(host), "it is not repeated: {answer}");
    }
    // A load balancer asks by whatever name.
    assert_eq!(status(&asked(url, "/health", host)), 200, "{host}");
}

#[tokio::test]
async fn on_this_machine_its_own_names_and_addresses_are_served() {
    let start = prepared(&[]).await;
    let url = &start.platform.url;
    let port = url.rsplit_once(':').expect("a port").1;
    for host in
        ["localhost", "LOCALHOST", "localhost.", "acme.localhost", "127.0.0.1", "127.1.2.3", "[::1]", "192.168.0.9"]
    {
        is_served(url, host);
        is_served(url, &format!("{host}:{port}"));
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:80",
        "localhost@evil.example",
        "localhost:80@evil.example",
        "localhost:evil",
        "localhost,evil.example",
        "localhost evil.example",
        "[::1]evil.example",
        "evil.example/localhost",
        "",
    ] {
        is_refused(url, host);
    }
    // The request line may name a host, too.
    let port = format!("127.0.0.1:{port}");
    assert_eq!(status(&asked(url, &format!("http://{port}/login"), &port)), 200);
    assert_eq!(status(&asked(url, "http://evil.example/login", &port)), 421);
    assert_eq!(status(&asked(url, &format!("http://{port}/login"), "evil.example")), 421);
    // One host, or none of it.
    let twice = format!("GET /login HTTP/1.1\r\nHost: {port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&exchange(url, twice.as_bytes())), 400);
    assert_eq!(status(&exchange(url, b"GET /login HTTP/1.1\r\nConnection: close\r\n\r\n")), 400);
    assert_eq!(status(&exchange(url, b"GET /login HTTP/1.0\r\n\r\n")), 421);
    // Forwarding headers of somebody who is no proxy of ours count for nothing.
    let forwarded =
        format!("GET /login HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: {port}\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&exchange(url, forwarded.as_bytes())), 421);
}

#[tokio::test]
async fn with_a_public_address_only_its_host_and_those_listed_are_served() {
    let variables = [
        ("APPOS__SERVER__PUBLIC_URL", "https://acme.example/intranet"),
        ("APPOS__SERVER__ALLOWED_HOSTS", "Inner.acme.example, 10.0.0.5"),
    ];
    let start = prepared(&variables).await;
    let url = &start.platform.url;
    for host in ["acme.example", "ACME.example:443", "acme.example:8080", "inner.acme.example", "10.0.0.5:80"] {
        is_served(url, host);
    }
    let own = url.trim_start_matches("http://");
    for host in ["localhost", own, "10.0.0.6", "acme.example.evil.example", "www.acme.example", "evil-acme.example"] {
        is_refused(url, host);
    }
    // Pages under a name that is listed are the platform's own.
    let inner = start.platform.client().at("http://inner.acme.example");
    let login = json!({ "email": "sales@acme.example", "password": super::support::PASSWORD });
    let request =
        inner.request(super::support::Method::POST, "/auth/login").header("origin", "http://inner.acme.example");
    inner.send(request.json(&login)).await.is(200);
}

#[tokio::test]
async fn a_server_on_the_network_that_was_told_no_name_answers_under_any() {
    let start = prepared(&[("APPOS__SERVER__HOST", "0.0.0.0")]).await;
    let port = start.platform.url.rsplit_once(':').expect("a port").1;
    let url = format!("http://127.0.0.1:{port}");
    for host in ["acme.internal", "localhost", "10.0.0.5:8080"] {
        is_served(&url, host);
    }
    is_refused(&url, "not a host");
}

#[tokio::test]
async fn a_wrong_host_is_in_the_security_log() {
    let start = prepared(&[]).await;
    let answer = asked(&start.platform.url, "/login", "evil.example");
    let id = super::raw::header(&answer, "x-execution-id").expect("an id").to_owned();
    let folder = start.platform.into_folder();
    let logged = super::support::lines(&folder.path().join(".appos/logs"), "security");
    let line = logged.iter().find(|line| line.text("execution_id") == id).expect("a line");
    assert_eq!((line.text("action"), line.text("address")), ("refused", "127.0.0.1"), "{line:?}");
}
