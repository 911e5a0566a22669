//! Attack case 6: forwarding headers count if a proxy that the settings name sends them, and for nothing else.

use serde_json::json;

use super::raw::{exchange, status};
use super::support::{Line, Method, PASSWORD, Prepared, lines, prepared};

const TRUSTED: (&str, &str) = ("APPOS__SERVER__TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8");

/// Fails to sign in, and answers the address that the security log has for it.
async fn logged_address(start: Prepared, headers: &[(&str, &str)]) -> String {
    let client = start.platform.client();
    let mut request = client.request(Method::POST, "/auth/login");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let wrong = json!({ "email": "sales@acme.example", "password": "not the password" });
    let id = client.send(request.json(&wrong)).await.problem(401, "bad_credentials").execution_id;
    let folder = start.platform.into_folder();
    let logged = lines(&folder.path().join(".appos/logs"), "security");
    let line: Option<&Line> = logged.iter().find(|line| line.text("execution_id") == id);
    line.expect("a line").text("address").to_owned()
}

#[tokio::test]
async fn what_a_stranger_writes_into_forwarding_headers_is_his_own_word() {
    let headers = [
        ("x-forwarded-for", "198.51.100.7"),
        ("forwarded", "for=198.51.100.7"),
        ("x-real-ip", "198.51.100.7"),
        ("x-client-ip", "198.51.100.7"),
        ("x-user", "1"),
        ("x-app", "crm"),
        ("x-tenant", "other"),
    ];
    assert_eq!(logged_address(prepared(&[]).await, &headers).await, "127.0.0.1");
    // Nor of a proxy, if it is another one.
    let other = [("APPOS__SERVER__TRUSTED_PROXIES", "127.0.0.2,10.0.0.0/8")];
    assert_eq!(logged_address(prepared(&other).await, &headers).await, "127.0.0.1");
}

#[tokio::test]
async fn a_trusted_proxy_tells_the_address_and_what_stands_before_it_is_not_believed() {
    let headers = [("x-forwarded-for", "203.0.113.1, 198.51.100.7, 10.0.0.9"), ("x-real-ip", "203.0.113.2")];
    assert_eq!(logged_address(prepared(&[TRUSTED]).await, &headers).await, "198.51.100.7");
    assert_eq!(logged_address(prepared(&[TRUSTED]).await, &[]).await, "127.0.0.1");
}

#[tokio::test]
async fn guesses_are_counted_by_the_address_that_the_proxy_tells() {
    let start = prepared(&[TRUSTED]).await;
    let client = start.platform.client();
    let guess = async |number: usize, forwarded: String| {
        let request = client.request(Method::POST, "/auth/login").header("x-forwarded-for", forwarded);
        let body = json!({ "email": format!("person{number}@acme.example"), "password": "Password1234" });
        client.send(request.json(&body)).await
    };
    for number in 0..50 {
        // What comes first was written by the client, and gives no new budget.
        guess(number, format!("203.0.113.{number}, 198.51.100.7")).await.problem(401, "bad_credentials");
    }
    guess(50, "203.0.113.200, 198.51.100.7".to_owned()).await.problem(429, "too_many_attempts");
    // Somebody else behind the same proxy is not held back.
    guess(51, "198.51.100.8".to_owned()).await.problem(401, "bad_credentials");
}

#[tokio::test]
async fn host_and_scheme_are_those_that_the_proxy_tells() {
    let start = prepared(&[TRUSTED, ("APPOS__SERVER__ALLOWED_HOSTS", "acme.example")]).await;
    let client = start.platform.client();
    let sign_in = async |headers: &[(&str, &str)]| {
        let mut request = client.request(Method::POST, "/auth/login");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        client.send(request.json(&json!({ "email": "sales@acme.example", "password": PASSWORD }))).await
    };
    let (host, https) = (("x-forwarded-host", "acme.example"), ("x-forwarded-proto", "https"));
    sign_in(&[host, https, ("origin", "https://acme.example")]).await.is(200);
    sign_in(&[host, https, ("origin", "http://acme.example")]).await.problem(403, "foreign_origin");
    sign_in(&[host, ("origin", "https://acme.example")]).await.problem(403, "foreign_origin");
    sign_in(&[https, ("origin", "https://acme.example")]).await.problem(403, "foreign_origin");
    sign_in(&[("x-forwarded-host", "evil.example"), https]).await.problem(421, "wrong_host");
    let raw = "GET /login HTTP/1.1\r\nHost: acme.example\r\nX-Forwarded-Host: acme.example, evil.example\r\n\
               Connection: close\r\n\r\n";
    assert_eq!(status(&exchange(&start.platform.url, raw.as_bytes())), 421);
}
