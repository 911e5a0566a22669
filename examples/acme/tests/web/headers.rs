//! What every answer tells a browser to refuse (attack case 64), the cookie's attributes apart, which
//! `sign_in` tests.

use reqwest::header::HeaderMap;
use serde_json::json;

use super::CUSTOMERS;
use super::raw::{exchange, header, status};
use super::support::{Client, Method, PASSWORD, Prepared, prepared};

/// On every answer.
const ALWAYS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=()"),
    ("content-security-policy", "default-src 'none'"),
];

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Answers of every kind: of data, pages, files, errors and refusals.
async fn answers(start: &Prepared, client: &Client) -> Vec<(String, u16, HeaderMap)> {
    let mut stranger = client.clone();
    stranger.session = None;
    let mut all = Vec::new();
    for path in [
        "/",
        "/login",
        "/setup",
        "/assets/appos.css",
        "/health",
        "/ready",
        "/metrics",
        "/nothing",
        "/api/docs",
        "/api/docs/",
        "/api/docs/swagger-ui.css",
        "/api/docs/swagger-ui-bundle.js",
        "/api/openapi.json",
        "/auth/me",
        CUSTOMERS,
        "/api/crm/v1/customers/export",
        "/api/crm/v1/customers/1",
        "/api/crm/v1/customers/999999",
        "/api/crm/v1/customers?nonsense=1",
        "/api/crm/v1/nothing",
    ] {
        for (who, client) in [("somebody", client), ("a stranger", &stranger)] {
            let answer = client.get(path).await;
            all.push((format!("GET {path} by {who}"), answer.status, answer.headers));
        }
    }
    let long = format!("{CUSTOMERS}?x={}", "x".repeat(20_000));
    let broken = client.send(client.request(Method::POST, CUSTOMERS).body("{")).await.is(415);
    all.push(("a body of no type".to_owned(), broken.status, broken.headers));
    for answer in [
        client.get(&long).await.is(414),
        stranger.post("/auth/login", json!({ "email": "x", "password": "x" })).await.is(401),
        stranger.form("/login", &[("email", "x@acme.example"), ("password", "x")]).await.is(401),
        stranger.post("/auth/login", json!({ "email": "sales@acme.example", "password": PASSWORD })).await.is(200),
        client.send_bare(client.request(Method::DELETE, "/api/crm/v1/customers/1")).await.is(403),
        client.send(client.request(Method::PUT, CUSTOMERS)).await.is(405),
        client
            .with_session(&client.session.clone().unwrap_or_default().replace('=', "=A"))
            .get(CUSTOMERS)
            .await
            .is(401),
    ] {
        all.push((answer.body.to_string(), answer.status, answer.headers));
    }
    let url = &start.platform.url;
    let foreign = exchange(url, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&foreign), 421);
    let mut headers = HeaderMap::new();
    for (name, _) in ALWAYS.iter().chain(&[("strict-transport-security", "")]) {
        if let Some(value) = header(&foreign, name) {
            headers.insert(*name, value.parse().expect("a value"));
        }
    }
    all.push(("another host".to_owned(), 421, headers));
    all
}

#[tokio::test]
async fn every_answer_tells_a_browser_what_to_refuse() {
    for https in [false, true] {
        let variables = [("APPOS__SERVER__PUBLIC_URL", "https://acme.example")];
        let start = prepared(if https { &variables } else { &[] }).await;
        let client = if https {
            let mut client = start.platform.client().at("https://acme.example");
            client.sign_in("sales@acme.example", PASSWORD).await.is(200);
            client
        } else {
            start.sales.clone()
        };
        let all = answers(&start, &client).await;
        let statuses: std::collections::BTreeSet<u16> = all.iter().map(|(_, status, _)| *status).collect();
        assert!(
            [200, 303, 400, 401, 403, 404, 405, 414, 415, 421].iter().all(|status| statuses.contains(status)),
            "{statuses:?}"
        );
        for (what, status, headers) in &all {
            for (name, part) in ALWAYS {
                // A file is sandboxed instead.
                if name == "cross-origin-opener-policy" && headers.contains_key("content-disposition") {
                    continue;
                }
                assert!(text(headers, name).contains(part), "{what} ({status}): {name} is missing in {headers:#?}");
            }
            let policy = text(headers, "content-security-policy");
            assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
            for word in ["unsafe", "http:", "https:", "*"] {
                assert!(!policy.contains(word), "{what}: {policy}");
            }
            let hsts = text(headers, "strict-transport-security");
            assert_eq!(hsts.starts_with("max-age=31536000"), https, "{what}: {hsts}");
            let opened = headers.keys().find(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(opened, None, "{what}");
        }
    }
}

#[tokio::test]
async fn pages_hold_no_script_and_no_style_of_their_own() {
    let start = prepared(&[]).await;
    for path in ["/", "/login", "/login?next=/api/docs/", "/api/docs/"] {
        let page = start.admin.get(path).await.is(200);
        let policy = text(&page.headers, "content-security-policy");
        for part in ["script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'"] {
            assert!(policy.split("; ").any(|directive| directive == part), "{path}: {policy}");
        }
        let html = page.body.as_str().expect("a page").to_lowercase();
        for inline in ["<style", " style=", "javascript:", " onclick=", " onload=", "<script>"] {
            assert!(!html.contains(inline), "{path} has {inline}: {html}");
        }
        let scripts = html.matches("<script").count();
        let own = html.matches("<script src=\"./").count() + html.matches("<script src=\"/assets/").count();
        assert_eq!(scripts, own, "{path}: {html}");
    }
    // Data that a browser shows all the same can do nothing.
    let data = start.admin.get(CUSTOMERS).await.is(200);
    assert_eq!(text(&data.headers, "content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    assert_eq!(text(&data.headers, "cache-control"), "no-store");
}

#[tokio::test]
async fn no_other_site_reads_an_answer() {
    let start = prepared(&[]).await;
    for (method, path) in [
        ("OPTIONS", CUSTOMERS),
        ("OPTIONS", "/auth/login"),
        ("OPTIONS", "/api/openapi.json"),
        ("OPTIONS", "/"),
        ("GET", CUSTOMERS),
    ] {
        for client in [&start.sales, &start.platform.client()] {
            let request = client.request(Method::from_bytes(method.as_bytes()).expect("a method"), path);
            let request = request.header("origin", "https://evil.example");
            let request = request.header("access-control-request-method", "POST");
            let answer = client.send(request.header("access-control-request-headers", "content-type")).await;
            if method == "OPTIONS" {
                // Browsers ask before they send; whatever is no success means no.
                assert!(answer.status >= 400, "{path}: {}", answer.status);
            }
            let opened = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(opened, None, "{method} {path}");
        }
    }
}
