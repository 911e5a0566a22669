//! Every route there is, and what a stranger gets from it.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use super::CUSTOMERS;
use super::routes::{OPEN, PROTECTED, PUBLIC_WEB_APIS};
use super::support::{Answer, Client, Method, prepared};

/// One request, byte for byte: clients would tidy its path up.
fn raw(url: &str, head: &str) -> (u16, String) {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
    let length = if head.starts_with("GET") { "" } else { "Content-Length: 0\r\n" };
    write!(stream, "{head}Host: {address}\r\n{length}Connection: close\r\n\r\n").expect("a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, text)
}

#[tokio::test]
async fn the_list_of_routes_is_complete() {
    let start = prepared(&[]).await;
    let document = start.admin.get("/api/openapi.json").await.is(200).body;
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys() {
            if ["get", "post", "put", "patch", "delete", "head", "options"].contains(&method.as_str()) {
                described.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    let open = |method: &str, path: &str| {
        OPEN.iter().any(|(other, open, _)| *other == method && *open == path)
            || PUBLIC_WEB_APIS.contains(&(method, path))
    };
    let known: BTreeSet<_> =
        PROTECTED.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
    let unknown: Vec<_> =
        described.iter().filter(|route| !known.contains(route) && !open(&route.0, &route.1)).collect();
    assert!(unknown.is_empty(), "these routes are on no list: {unknown:#?}");
    let gone: Vec<_> = known
        .iter()
        .filter(|route| route.1.starts_with("/api/") || route.1.starts_with("/auth/"))
        .filter(|route| route.1 != "/api/openapi.json" && !described.contains(route))
        .collect();
    assert!(gone.is_empty(), "these routes are listed and not there: {gone:#?}");
}

/// Attack case 2: what the router takes for a route of its own stands on one of the lists, and the other way round.
#[test]
fn no_route_of_the_platform_is_open_without_being_on_the_list() {
    let fits = |pattern: &str, path: &str| {
        let (mut wanted, mut segments) = (pattern.split('/'), path.split('/'));
        let same = wanted.by_ref().all(|wanted| {
            segments.next().is_some_and(|segment| wanted == segment || (wanted == "{file}" && !segment.is_empty()))
        });
        same && segments.next().is_none()
    };
    let routes = appos_runtime::own_routes();
    for route in routes {
        let open = OPEN.iter().any(|(method, path, _)| *method == route.method && fits(route.path, path));
        let protected = PROTECTED.contains(&(route.method, route.path));
        assert_eq!((open, protected), (route.public, !route.public), "{} {}", route.method, route.path);
    }
    for (method, path, _) in OPEN {
        let known = routes.iter().any(|route| route.public && route.method == *method && fits(route.path, path));
        assert!(known, "{method} {path} is listed and not there");
    }
}

#[tokio::test]
async fn a_stranger_gets_what_is_open_and_nothing_else() {
    let start = prepared(&[]).await;
    let url = &start.platform.url;
    for (method, path, status) in OPEN {
        let (got, text) = raw(url, &format!("{method} {path} HTTP/1.1\r\n"));
        assert_eq!(got, *status, "{method} {path}: {text}");
    }
    for (method, path) in PROTECTED {
        let path = path.replace("{id}", "1");
        for headers in [
            "",
            // What only a proxy in front would be believed, if there were one.
            "X-User: 1\r\nX-Forwarded-User: admin@acme.example\r\nX-Forwarded-For: 127.0.0.1\r\nX-Original-URL: /health\r\n\
             X-Rewrite-URL: /health\r\nX-HTTP-Method-Override: GET\r\nX-App: crm\r\n",
            "Authorization: Bearer appos_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
            "Cookie: appos_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
        ] {
            let (status, text) = raw(url, &format!("{method} {path} HTTP/1.1\r\n{headers}"));
            assert_eq!(status, 401, "{method} {path} {headers}: {text}");
        }
        // Other methods tell no more; only what is described to everybody answers 405.
        let told = !path.starts_with("/api/") || path == "/api/openapi.json";
        for other in ["PUT", "HEAD", "OPTIONS", "TRACE", "PROPFIND"] {
            let (status, text) = raw(url, &format!("{other} {path} HTTP/1.1\r\n"));
            assert!([401, 404].contains(&status) || (told && status == 405), "{other} {path}: {text}");
        }
    }
}

#[tokio::test]
async fn an_odd_spelling_opens_nothing() {
    let start = prepared(&[]).await;
    for path in [CUSTOMERS, "/api/openapi.json", "/api/crm/v1/rules/customer_overview", "/auth/me"] {
        let rest = &path[1..];
        let mut odd = vec![
            format!("/{path}"),
            path.replacen('/', "//", 2),
            format!("/.{path}"),
            format!("/health/..{path}"),
            format!("/login/..{path}"),
            format!("/assets/%2e%2e{path}"),
            format!("/assets/appos.css/..{path}"),
            format!("/api/docs/../..{path}"),
            format!("/api/docs/%2e%2e/%2e%2e{path}"),
            format!("/api/docs/..%2f..%2f{rest}"),
            format!("/api/docs/..\\..\\{rest}"),
            format!("{path}/"),
            format!("{path}/."),
            format!("{path};a=b"),
            format!("{path}/;a=b"),
            format!("/;a=b{path}"),
            path.to_uppercase(),
            format!("{path}%20"),
            format!("{path}%00"),
            format!("{path}%2f"),
            format!("{path}.json"),
            format!("{path}?/webhook/x"),
            format!("{path}?/health"),
            format!("{path}?a=/login"),
            format!("{path}#/health"),
            path.replace('/', "%2f"),
            format!("/%61{}", &path[2..]),
            format!("http://localhost{path}"),
            format!("http://localhost/health?{path}").replace("/health?", "/x?"),
            rest.to_owned(),
        ];
        odd.extend(["/health", "/login", "/setup", "/assets/appos.css"].map(|open| format!("{open}{path}")));
        for spelled in odd {
            for method in ["GET", "POST"] {
                let (status, text) = raw(&start.platform.url, &format!("{method} {spelled} HTTP/1.1\r\n"));
                // Or the wrong method of a path that is no secret.
                let told = status == 405 && (path != CUSTOMERS || spelled.starts_with("/api/docs/"));
                let shut = [400, 401, 404].contains(&status) || told;
                assert!(shut, "{method} {spelled}: {text}");
            }
        }
    }
}

/// The answer without what is different each time.
fn comparable(answer: &Answer) -> (u16, String, Vec<(String, String)>) {
    let body = answer.body.to_string().replace(&answer.execution_id, "ID");
    let headers = answer.headers.iter().filter(|(name, _)| !["date", "x-execution-id"].contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    (answer.status, body, headers.collect())
}

async fn send(client: &Client, method: &str, path: &str) -> Answer {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let body = json!({ "version": 1, "city": "Nowhere" });
    let request = client.request(method.clone(), path);
    client.send(if ["POST", "PATCH", "PUT"].contains(&method.as_str()) { request.json(&body) } else { request }).await
}

#[tokio::test]
async fn a_row_that_may_not_be_seen_is_like_one_that_does_not_exist() {
    let start = prepared(&[]).await;
    let outsider = &start.outsider;
    for method in ["GET", "PATCH", "DELETE", "PUT", "POST"] {
        let hidden = send(outsider, method, &format!("{CUSTOMERS}/1")).await.problem(404, "not_found");
        for other in [
            format!("{CUSTOMERS}/999999"),
            format!("{CUSTOMERS}/nonsense"),
            "/api/crm/v1/nothing_at_all/1".to_owned(),
            "/api/nothing/v1/customers/1".to_owned(),
            "/api/platform/v1/users/1".to_owned(),
            "/api/billing/v1/invoices/1".to_owned(),
        ] {
            let missing = send(outsider, method, &other).await;
            assert_eq!(comparable(&missing), comparable(&hidden), "{method} {other}");
        }
    }
    for (method, seen, missing) in [
        ("GET", CUSTOMERS, "/api/crm/v1/nothings"),
        ("POST", CUSTOMERS, "/api/crm/v1/nothings"),
        ("PUT", CUSTOMERS, "/api/crm/v1/nothings"),
        ("POST", "/api/crm/v1/rules/customer_overview", "/api/crm/v1/rules/nothing"),
        ("GET", "/api/crm/v1/rules/customer_overview", "/api/crm/v1/rules/nothing"),
    ] {
        assert_eq!(
            comparable(&send(outsider, method, seen).await),
            comparable(&send(outsider, method, missing).await),
            "{method} {seen}"
        );
    }
    // Who may view a record is told about methods and missing rows.
    start.sales.get(&format!("{CUSTOMERS}/999999")).await.problem(404, "record_not_found");
    assert_eq!(
        send(&start.sales, "PUT", CUSTOMERS).await.problem(405, "method_not_allowed").headers["allow"],
        "GET, HEAD, POST"
    );
}

#[tokio::test]
async fn a_field_that_may_not_be_read_is_like_one_that_does_not_exist() {
    let start = prepared(&[]).await;
    let nonsense = "never_limit_";
    for parameters in
        ["filter[NAME]=1", "filter[NAME][gt]=1", "filter[NAME][null]=true", "sort=NAME", "sort=-NAME", "sort=name,NAME"]
    {
        let ask = async |name: &str| {
            let answer = start.sales.get(&format!("{CUSTOMERS}?{}", parameters.replace("NAME", name))).await;
            let answer = answer.problem(400, "bad_query");
            answer.body.to_string().replace(&answer.execution_id, "ID").replace(name, "NAME")
        };
        assert_eq!(ask("credit_limit").await, ask(nonsense).await, "{parameters}");
        // Nor do hints about another spelling tell it.
        assert!(!ask("credit_limitt").await.contains("credit_limit"), "{parameters}");
    }
    let write = async |name: &str| {
        let body = json!({ "version": 1, name: 5 });
        let answer = start.sales.patch(&format!("{CUSTOMERS}/1"), body).await.problem(422, "invalid_fields");
        answer.body.to_string().replace(&answer.execution_id, "ID").replace(name, "NAME")
    };
    assert_eq!(write("credit_limit").await, write(nonsense).await);
    start.finance.get(&format!("{CUSTOMERS}?sort=credit_limit")).await.is(200);
}
