//! Every route there is, and what a stranger gets from it.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use super::CUSTOMERS;
use super::support::{Answer, Client, Method, prepared};

/// Everything under `/api/` that is not open. A new route fails the test until it stands here.
const PROTECTED: &[(&str, &str)] = &[
    ("GET", "/api/openapi.json"),
    ("GET", "/api/billing/v1/accounts"),
    ("POST", "/api/billing/v1/accounts"),
    ("POST", "/api/billing/v1/accounts/bulk"),
    ("GET", "/api/billing/v1/accounts/export"),
    ("POST", "/api/billing/v1/accounts/import"),
    ("GET", "/api/billing/v1/accounts/imports"),
    ("GET", "/api/billing/v1/accounts/imports/{id}"),
    ("GET", "/api/billing/v1/accounts/imports/{id}/errors"),
    ("DELETE", "/api/billing/v1/accounts/{id}"),
    ("GET", "/api/billing/v1/accounts/{id}"),
    ("PATCH", "/api/billing/v1/accounts/{id}"),
    ("GET", "/api/billing/v1/employees"),
    ("POST", "/api/billing/v1/employees"),
    ("POST", "/api/billing/v1/employees/bulk"),
    ("GET", "/api/billing/v1/employees/export"),
    ("POST", "/api/billing/v1/employees/import"),
    ("GET", "/api/billing/v1/employees/imports"),
    ("GET", "/api/billing/v1/employees/imports/{id}"),
    ("GET", "/api/billing/v1/employees/imports/{id}/errors"),
    ("DELETE", "/api/billing/v1/employees/{id}"),
    ("GET", "/api/billing/v1/employees/{id}"),
    ("PATCH", "/api/billing/v1/employees/{id}"),
    ("GET", "/api/billing/v1/invoice_lines"),
    ("POST", "/api/billing/v1/invoice_lines"),
    ("POST", "/api/billing/v1/invoice_lines/bulk"),
    ("GET", "/api/billing/v1/invoice_lines/export"),
    ("POST", "/api/billing/v1/invoice_lines/import"),
    ("GET", "/api/billing/v1/invoice_lines/imports"),
    ("GET", "/api/billing/v1/invoice_lines/imports/{id}"),
    ("GET", "/api/billing/v1/invoice_lines/imports/{id}/errors"),
    ("DELETE", "/api/billing/v1/invoice_lines/{id}"),
    ("GET", "/api/billing/v1/invoice_lines/{id}"),
    ("PATCH", "/api/billing/v1/invoice_lines/{id}"),
    ("GET", "/api/billing/v1/invoices"),
    ("POST", "/api/billing/v1/invoices"),
    ("POST", "/api/billing/v1/invoices/bulk"),
    ("GET", "/api/billing/v1/invoices/export"),
    ("POST", "/api/billing/v1/invoices/import"),
    ("GET", "/api/billing/v1/invoices/imports"),
    ("GET", "/api/billing/v1/invoices/imports/{id}"),
    ("GET", "/api/billing/v1/invoices/imports/{id}/errors"),
    ("DELETE", "/api/billing/v1/invoices/{id}"),
    ("GET", "/api/billing/v1/invoices/{id}"),
    ("PATCH", "/api/billing/v1/invoices/{id}"),
    ("POST", "/api/billing/v1/rules/account_total"),
    ("POST", "/api/billing/v1/rules/amount_open"),
    ("POST", "/api/billing/v1/rules/overdue_invoices"),
    ("POST", "/api/billing/v1/rules/sum_of_lines"),
    ("POST", "/api/billing/v1/rules/tax_due"),
    ("GET", "/api/crm/v1/activities"),
    ("POST", "/api/crm/v1/activities"),
    ("POST", "/api/crm/v1/activities/bulk"),
    ("GET", "/api/crm/v1/activities/export"),
    ("POST", "/api/crm/v1/activities/import"),
    ("GET", "/api/crm/v1/activities/imports"),
    ("GET", "/api/crm/v1/activities/imports/{id}"),
    ("GET", "/api/crm/v1/activities/imports/{id}/errors"),
    ("DELETE", "/api/crm/v1/activities/{id}"),
    ("GET", "/api/crm/v1/activities/{id}"),
    ("PATCH", "/api/crm/v1/activities/{id}"),
    ("GET", "/api/crm/v1/activities/{id}/audit"),
    ("POST", "/api/crm/v1/activities/{id}/restore"),
    ("GET", "/api/crm/v1/contacts"),
    ("POST", "/api/crm/v1/contacts"),
    ("POST", "/api/crm/v1/contacts/bulk"),
    ("GET", "/api/crm/v1/contacts/export"),
    ("POST", "/api/crm/v1/contacts/import"),
    ("GET", "/api/crm/v1/contacts/imports"),
    ("GET", "/api/crm/v1/contacts/imports/{id}"),
    ("GET", "/api/crm/v1/contacts/imports/{id}/errors"),
    ("DELETE", "/api/crm/v1/contacts/{id}"),
    ("GET", "/api/crm/v1/contacts/{id}"),
    ("PATCH", "/api/crm/v1/contacts/{id}"),
    ("GET", "/api/crm/v1/customers"),
    ("POST", "/api/crm/v1/customers"),
    ("POST", "/api/crm/v1/customers/bulk"),
    ("GET", "/api/crm/v1/customers/export"),
    ("POST", "/api/crm/v1/customers/import"),
    ("GET", "/api/crm/v1/customers/imports"),
    ("GET", "/api/crm/v1/customers/imports/{id}"),
    ("GET", "/api/crm/v1/customers/imports/{id}/errors"),
    ("DELETE", "/api/crm/v1/customers/{id}"),
    ("GET", "/api/crm/v1/customers/{id}"),
    ("PATCH", "/api/crm/v1/customers/{id}"),
    ("GET", "/api/crm/v1/deliveries"),
    ("POST", "/api/crm/v1/deliveries"),
    ("POST", "/api/crm/v1/deliveries/bulk"),
    ("GET", "/api/crm/v1/deliveries/export"),
    ("POST", "/api/crm/v1/deliveries/import"),
    ("GET", "/api/crm/v1/deliveries/imports"),
    ("GET", "/api/crm/v1/deliveries/imports/{id}"),
    ("GET", "/api/crm/v1/deliveries/imports/{id}/errors"),
    ("DELETE", "/api/crm/v1/deliveries/{id}"),
    ("GET", "/api/crm/v1/deliveries/{id}"),
    ("PATCH", "/api/crm/v1/deliveries/{id}"),
    ("GET", "/api/crm/v1/order_lines"),
    ("POST", "/api/crm/v1/order_lines"),
    ("POST", "/api/crm/v1/order_lines/bulk"),
    ("GET", "/api/crm/v1/order_lines/export"),
    ("POST", "/api/crm/v1/order_lines/import"),
    ("GET", "/api/crm/v1/order_lines/imports"),
    ("GET", "/api/crm/v1/order_lines/imports/{id}"),
    ("GET", "/api/crm/v1/order_lines/imports/{id}/errors"),
    ("DELETE", "/api/crm/v1/order_lines/{id}"),
    ("GET", "/api/crm/v1/order_lines/{id}"),
    ("PATCH", "/api/crm/v1/order_lines/{id}"),
    ("GET", "/api/crm/v1/orders"),
    ("POST", "/api/crm/v1/orders"),
    ("POST", "/api/crm/v1/orders/bulk"),
    ("GET", "/api/crm/v1/orders/export"),
    ("POST", "/api/crm/v1/orders/import"),
    ("GET", "/api/crm/v1/orders/imports"),
    ("GET", "/api/crm/v1/orders/imports/{id}"),
    ("GET", "/api/crm/v1/orders/imports/{id}/errors"),
    ("DELETE", "/api/crm/v1/orders/{id}"),
    ("GET", "/api/crm/v1/orders/{id}"),
    ("PATCH", "/api/crm/v1/orders/{id}"),
    ("POST", "/api/crm/v1/rules/activities_of_mine"),
    ("POST", "/api/crm/v1/rules/big_spenders"),
    ("POST", "/api/crm/v1/rules/credit_left"),
    ("POST", "/api/crm/v1/rules/customer_ltv"),
    ("POST", "/api/crm/v1/rules/customer_overview"),
    ("POST", "/api/crm/v1/rules/earned_tier"),
    ("POST", "/api/crm/v1/rules/minutes_by_customer"),
    ("POST", "/api/crm/v1/rules/order_changed"),
    ("POST", "/api/crm/v1/rules/refresh_tier"),
    ("POST", "/api/crm/v1/rules/seed_demo_data"),
    ("GET", "/api/platform/v1/groups"),
    ("POST", "/api/platform/v1/groups"),
    ("POST", "/api/platform/v1/groups/bulk"),
    ("GET", "/api/platform/v1/groups/export"),
    ("POST", "/api/platform/v1/groups/import"),
    ("GET", "/api/platform/v1/groups/imports"),
    ("GET", "/api/platform/v1/groups/imports/{id}"),
    ("GET", "/api/platform/v1/groups/imports/{id}/errors"),
    ("DELETE", "/api/platform/v1/groups/{id}"),
    ("GET", "/api/platform/v1/groups/{id}"),
    ("PATCH", "/api/platform/v1/groups/{id}"),
    ("GET", "/api/platform/v1/groups/{id}/audit"),
    ("GET", "/api/platform/v1/memberships"),
    ("POST", "/api/platform/v1/memberships"),
    ("POST", "/api/platform/v1/memberships/bulk"),
    ("GET", "/api/platform/v1/memberships/export"),
    ("POST", "/api/platform/v1/memberships/import"),
    ("GET", "/api/platform/v1/memberships/imports"),
    ("GET", "/api/platform/v1/memberships/imports/{id}"),
    ("GET", "/api/platform/v1/memberships/imports/{id}/errors"),
    ("DELETE", "/api/platform/v1/memberships/{id}"),
    ("GET", "/api/platform/v1/memberships/{id}"),
    ("PATCH", "/api/platform/v1/memberships/{id}"),
    ("GET", "/api/platform/v1/memberships/{id}/audit"),
    ("GET", "/api/platform/v1/object_permissions"),
    ("POST", "/api/platform/v1/object_permissions"),
    ("POST", "/api/platform/v1/object_permissions/bulk"),
    ("GET", "/api/platform/v1/object_permissions/export"),
    ("POST", "/api/platform/v1/object_permissions/import"),
    ("GET", "/api/platform/v1/object_permissions/imports"),
    ("GET", "/api/platform/v1/object_permissions/imports/{id}"),
    ("GET", "/api/platform/v1/object_permissions/imports/{id}/errors"),
    ("DELETE", "/api/platform/v1/object_permissions/{id}"),
    ("GET", "/api/platform/v1/object_permissions/{id}"),
    ("PATCH", "/api/platform/v1/object_permissions/{id}"),
    ("GET", "/api/platform/v1/object_permissions/{id}/audit"),
    ("POST", "/api/platform/v1/rules/create_api_key"),
    ("POST", "/api/platform/v1/rules/create_password_reset"),
    ("POST", "/api/platform/v1/rules/create_setup_token"),
    ("POST", "/api/platform/v1/rules/end_session"),
    ("POST", "/api/platform/v1/rules/end_sessions"),
    ("POST", "/api/platform/v1/rules/invite_user"),
    ("POST", "/api/platform/v1/rules/list_api_keys"),
    ("POST", "/api/platform/v1/rules/list_sessions"),
    ("POST", "/api/platform/v1/rules/outbox_discard"),
    ("POST", "/api/platform/v1/rules/outbox_parked"),
    ("POST", "/api/platform/v1/rules/outbox_retry"),
    ("POST", "/api/platform/v1/rules/revoke_api_key"),
    ("POST", "/api/platform/v1/rules/set_password"),
    ("POST", "/api/platform/v1/rules/why"),
    ("GET", "/api/platform/v1/users"),
    ("POST", "/api/platform/v1/users"),
    ("POST", "/api/platform/v1/users/bulk"),
    ("GET", "/api/platform/v1/users/export"),
    ("POST", "/api/platform/v1/users/import"),
    ("GET", "/api/platform/v1/users/imports"),
    ("GET", "/api/platform/v1/users/imports/{id}"),
    ("GET", "/api/platform/v1/users/imports/{id}/errors"),
    ("DELETE", "/api/platform/v1/users/{id}"),
    ("GET", "/api/platform/v1/users/{id}"),
    ("PATCH", "/api/platform/v1/users/{id}"),
    ("GET", "/api/platform/v1/users/{id}/audit"),
    ("GET", "/auth/me"),
    ("POST", "/auth/password"),
    ("DELETE", "/auth/sessions"),
    ("GET", "/auth/sessions"),
    ("DELETE", "/auth/sessions/{id}"),
];

/// What anybody may ask for, and the answer's status without credentials.
const OPEN: &[(&str, &str, u16)] = &[
    ("GET", "/", 303),
    ("GET", "/login", 200),
    ("POST", "/login", 415),
    ("POST", "/logout", 303),
    ("GET", "/setup", 303),
    ("POST", "/setup", 415),
    ("GET", "/invitation", 200),
    ("POST", "/invitation", 415),
    ("GET", "/reset", 200),
    ("POST", "/reset", 415),
    ("GET", "/password", 303),
    ("POST", "/password", 303),
    ("GET", "/assets/appos.css", 200),
    ("GET", "/health", 200),
    ("POST", "/auth/login", 415),
    ("POST", "/auth/logout", 204),
    ("POST", "/auth/setup", 415),
    ("POST", "/auth/invitation", 415),
    ("POST", "/auth/reset", 415),
    ("GET", "/api/docs", 303),
    ("GET", "/api/docs/", 303),
    ("GET", "/api/docs/index.html", 303),
    ("GET", "/api/docs/swagger-ui.css", 200),
    ("GET", "/api/docs/swagger-ui-bundle.js", 200),
    ("GET", "/api/docs/swagger-ui-standalone-preset.js", 200),
    ("GET", "/api/docs/swagger-initializer.js", 200),
];

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
    let open = |method: &str, path: &str| OPEN.iter().any(|(other, open, _)| *other == method && *open == path);
    let known: BTreeSet<_> =
        PROTECTED.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
    let unknown: Vec<_> =
        described.iter().filter(|route| !known.contains(route) && !open(&route.0, &route.1)).collect();
    assert!(unknown.is_empty(), "these routes are on no list: {unknown:#?}");
    let gone: Vec<_> =
        known.iter().filter(|route| route.1 != "/api/openapi.json" && !described.contains(route)).collect();
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
        let told = path.starts_with("/auth/") || path == "/api/openapi.json";
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
