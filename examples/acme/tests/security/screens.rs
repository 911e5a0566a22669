//! Every screen of every record, and what those get from it who may not see it.

use serde_json::json;

use super::routes::PROTECTED;
use super::support::{Client, prepared};

/// What follows a record's name in the addresses of its screens, and of their forms.
const SCREENS: [&str; 8] = ["", "/new", "/bulk", "/import", "/1", "/1/edit", "/1/delete", "/nothing"];
const FORMS: [&str; 7] = ["/new", "/bulk", "/views", "/import", "/1/edit", "/1/delete", "/1/restore"];

/// `/crm/customers` and so on: where the screens of all records are.
fn records() -> Vec<String> {
    let lists = PROTECTED.iter().filter_map(|(method, path)| {
        let (app, record) = path.strip_prefix("/api/")?.split_once("/v1/")?;
        (*method == "GET" && !record.contains('/')).then(|| format!("/{app}/{record}"))
    });
    let lists: Vec<String> = lists.collect();
    assert!(lists.len() > 10, "{lists:?}");
    lists
}

async fn statuses(client: &Client, record: &str) -> Vec<(String, u16, String)> {
    let mut all = Vec::new();
    for screen in SCREENS {
        let path = format!("{record}{screen}");
        let answer =
            client.send(client.request(super::support::Method::GET, &path).header("accept", "text/html")).await;
        all.push((format!("GET {path}"), answer.status, answer.body.as_str().unwrap_or_default().to_owned()));
    }
    for form in FORMS {
        let path = format!("{record}{form}");
        let answer = client.form(&path, &[("name", "x")]).await;
        all.push((format!("POST {path}"), answer.status, answer.body.as_str().unwrap_or_default().to_owned()));
    }
    all
}

#[tokio::test]
async fn strangers_are_led_to_the_sign_in_from_every_screen() {
    let start = prepared(&[]).await;
    let stranger = start.platform.client();
    for record in records() {
        for (what, status, body) in statuses(&stranger, &record).await {
            assert_eq!(status, 303, "{what}: {body}");
            assert!(body.is_empty(), "{what}: {body}");
        }
    }
    for path in ["/search?q=a", "/settings"] {
        let answer = stranger.get(path).await.is(303);
        assert!(answer.headers["location"].to_str().is_ok_and(|to| to.starts_with("/login?next=")), "{path}");
    }
}

#[tokio::test]
async fn who_may_not_view_a_record_learns_nothing_of_its_screens() {
    let start = prepared(&[]).await;
    for record in records() {
        for (what, status, body) in statuses(&start.outsider, &record).await {
            assert_eq!(status, 404, "{what}: {body}");
            for told in ["permission", "records.", "Company", "Email", "credit_limit"] {
                assert!(!body.contains(told), "{what} tells `{told}`: {body}");
            }
        }
    }
    for record in ["/platform/users", "/platform/groups", "/platform/memberships", "/platform/object_permissions"] {
        for (what, status, body) in statuses(&start.sales, record).await {
            assert_eq!(status, 404, "{what}: {body}");
        }
    }
    let home = start.outsider.get("/").await.is(200);
    let html = home.body.as_str().expect("a page");
    assert!(!html.contains("/crm/customers") && !html.contains("/platform/"), "{html}");
    let found = start.outsider.get("/search?q=a").await.is(200);
    assert!(!found.body.as_str().expect("a page").contains("/crm/"));
}

#[tokio::test]
async fn a_form_of_a_screen_is_taken_from_its_own_pages_alone() {
    let start = prepared(&[]).await;
    let session = start.admin.session.as_deref().expect("a session");
    for (path, origin) in [
        ("/crm/customers/1/edit", None),
        ("/crm/customers/1/edit", Some("https://evil.example")),
        ("/crm/customers/1/delete", None),
        ("/crm/customers/bulk", Some("null")),
        ("/crm/orders/views", None),
    ] {
        // Nobody chooses for all of a program with which cryptography it speaks TLS; reqwest wants to be told.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
        let request = http.expect("a client").post(format!("{}{path}", start.platform.url)).header("cookie", session);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.body("name=Evil&email=evil@evil.example&version=1");
        let request = match origin {
            Some(origin) => request.header("origin", origin),
            None => request,
        };
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 403, "{path} from {origin:?}");
    }
    let customer = start.admin.get("/api/crm/v1/customers/1").await.is(200).body;
    assert_ne!(customer["name"], "Evil");
}

#[tokio::test]
async fn the_history_of_a_row_has_no_field_that_its_reader_may_not_see() {
    let start = prepared(&[]).await;
    let change = json!({ "birth_date": "1961-02-03", "city": "Ghent" });
    start.admin.change("/api/billing/v1/employees/1", change).await.is(200);
    // Whoever may read the field sees that it was changed; what a sensitive one held stands in no log.
    let page = start.admin.open("/billing/employees/1?tab=ao-history").await.is(200);
    let history = page.words(".ao-timeline");
    assert!(history.contains("Birth date") && history.contains("Ghent"), "{history}");
    assert!(!history.contains("1961"), "{history}");
    for client in [&start.finance, &start.sales] {
        let page = client.open("/billing/employees/1?tab=ao-history").await.is(200);
        let history = page.words(".ao-timeline");
        assert!(history.contains("City") && history.contains("Ghent"), "{history}");
        for told in ["Birth", "birth_date", "redacted", "1961"] {
            assert!(!page.text.contains(told), "the page tells `{told}`: {history}");
        }
    }
    // A field that is changed alone leaves an entry without a difference.
    start.admin.change("/api/billing/v1/employees/2", json!({ "birth_date": "1962-02-03" })).await.is(200);
    let page = start.finance.open("/billing/employees/2?tab=ao-history").await.is(200);
    let history = page.words(".ao-timeline");
    assert!(history.contains("changed it") && !page.text.contains("Birth"), "{history}");
}
