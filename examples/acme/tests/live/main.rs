//! Open pages as their sockets see them: who may claim one, what is said, what is too much, and what ends it.
//! What a browser makes of it stands in `browser`.

mod socket;
#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value as Json, json};
use socket::{Heard, Socket, asked};
use support::{Client, Prepared, prepared};
use tokio_tungstenite::tungstenite::Message;

const CUSTOMERS: &str = "/crm/customers";

/// The name by which the script of a page claims it; "": the page is not kept.
async fn opened(client: &Client, path: &str) -> String {
    let page = client.get(path).await.is(200);
    let html = page.body.as_str().expect("a page");
    let name = html.split_once("data-live=\"").and_then(|(_, rest)| rest.split_once('"'));
    name.map_or("", |(name, _)| name).to_owned()
}

/// A page with its socket.
async fn live(prepared: &Prepared, client: &Client, path: &str) -> (Socket, String) {
    let page = opened(client, path).await;
    let mut socket = Socket::of(&prepared.platform, client).await;
    socket.say(&json!(["hi", page, 0])).await;
    assert_eq!(socket.text().await, json!(["ok", 0]));
    (socket, page)
}

fn is_frame(heard: &Json) -> bool {
    heard.is_object()
}

#[tokio::test]
async fn a_socket_is_for_pages_of_this_origin_and_for_those_who_are_signed_in() {
    let prepared = prepared(&[]).await;
    let (platform, session) = (&prepared.platform, prepared.admin.session.as_deref());
    for (session, origin, status) in [
        (session, Some("https://evil.example"), 403),
        (session, Some("null"), 403),
        (session, None, 403),
        (None, Some(platform.url.as_str()), 401),
        (Some("appos_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), Some(platform.url.as_str()), 401),
    ] {
        let refused = asked(platform, session, origin).await.err();
        assert_eq!(refused, Some(status), "{origin:?}");
    }
    assert!(asked(platform, session, Some(&platform.url)).await.is_ok());
    let plain = prepared.admin.request(support::Method::GET, "/live").header("origin", &platform.url);
    prepared.admin.send(plain).await.problem(426, "upgrade_required");
}

#[tokio::test]
async fn a_page_is_claimed_by_the_session_that_opened_it_alone() {
    let prepared = prepared(&[]).await;
    let page = opened(&prepared.admin, CUSTOMERS).await;
    let mut other = Socket::of(&prepared.platform, &prepared.sales).await;
    let guessed = page.split('.').next().expect("a number").to_owned() + ".AAAA";
    for name in [page.as_str(), &guessed, "", "1", "1.2.3", "-1.x"] {
        other.say(&json!(["hi", name, 0])).await;
        assert_eq!(other.text().await, json!(["gone"]), "{name}");
    }
    let mut own = Socket::of(&prepared.platform, &prepared.admin).await;
    own.say(&json!(["hi", page, 0])).await;
    assert_eq!(own.text().await, json!(["ok", 0]));
    // A second socket of the same page takes it over.
    let mut second = Socket::of(&prepared.platform, &prepared.admin).await;
    second.say(&json!(["hi", page, 0])).await;
    assert_eq!(second.text().await, json!(["ok", 0]));
    assert_eq!(own.closed().await, Heard::Closed(4409));
}

#[tokio::test]
async fn a_page_goes_elsewhere_over_its_socket_and_what_was_lost_with_a_connection_is_sent_again() {
    let prepared = prepared(&[]).await;
    let (mut socket, page) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    socket.say(&json!(["go", 1, "/crm/orders?sort=-id"])).await;
    let frame = socket.until(is_frame).await;
    assert_eq!((&frame["s"], &frame["h"]), (&json!(1), &json!(1)));
    assert!(frame["t"].as_str().is_some_and(|title| title.to_lowercase().contains("orders")), "{}", frame["t"]);
    assert!(frame["e"].as_array().is_some_and(|edits| !edits.is_empty()));
    // The connection breaks before the browser has said that it has seen anything.
    drop(socket);
    let mut again = Socket::of(&prepared.platform, &prepared.admin).await;
    again.say(&json!(["hi", page, 0])).await;
    assert_eq!(again.text().await, json!(["ok", 1]));
    assert_eq!(again.until(is_frame).await, frame);
    // What is said again is not done again.
    again.say(&json!(["go", 1, CUSTOMERS])).await;
    again.say(&json!(["go", 2, "/crm/contacts"])).await;
    let next = again.until(|heard| heard["t"].is_string()).await;
    assert!(next["t"].as_str().is_some_and(|title| title.to_lowercase().contains("contacts")), "{next}");
    again.say(&json!(["ack", next["s"]])).await;
    again.say(&json!(["ping"])).await;
    again.until(|heard| *heard == json!(["pong"])).await;
    drop(again);
    // What was seen is not kept.
    let mut late = Socket::of(&prepared.platform, &prepared.admin).await;
    late.say(&json!(["hi", page, 0])).await;
    assert_eq!(late.text().await, json!(["gone"]));
    late.say(&json!(["open", "/crm/contacts"])).await;
    let opened = late.text().await;
    assert_eq!(opened[0], "page");
    assert!(opened[3].as_str().is_some_and(|html| html.contains("<main")), "{opened}");
    assert_eq!(late.text().await, json!(["ok", 0]));
}

#[tokio::test]
async fn what_is_too_much_closes_one_socket_and_harms_nobody_else() {
    let prepared = prepared(&[]).await;
    let (mut bystander, _) = live(&prepared, &prepared.sales, CUSTOMERS).await;

    let (mut flood, page) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    for _ in 0..500 {
        flood.raw(Message::text("[\"ping\"]")).await;
    }
    assert_eq!(flood.closed().await, Heard::Closed(4429));
    // The page is still there.
    let mut again = Socket::of(&prepared.platform, &prepared.admin).await;
    again.say(&json!(["hi", page, 0])).await;
    assert_eq!(again.text().await, json!(["ok", 0]));

    for (message, code) in [
        (Message::text(format!("[\"{}\"]", "x".repeat(70_000))), 4413),
        (Message::text("no JSON"), 4400),
        (Message::text("[\"go\",1,\"//evil.example\"]"), 4400),
        (Message::text(format!("{}1", "[".repeat(10_000))), 4400),
        (Message::binary(vec![1, 2, 3]), 4400),
    ] {
        let (mut socket, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
        socket.raw(message).await;
        assert_eq!(socket.closed().await, Heard::Closed(code));
    }
    // Events that nobody listens to, of nodes that are not there, with data that is none.
    let (mut socket, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    for (number, (node, name, data)) in [
        (0, "click", json!({})),
        (99_999_999, "click", json!({})),
        (3, "input", json!({ "value": 7, "values": "x" })),
        (3, "drop", json!({ "files": ["/etc/passwd"] })),
        (3, "mounted", json!(null)),
    ]
    .into_iter()
    .enumerate()
    {
        socket.say(&json!(["e", number + 1, node, name, true, data])).await;
    }
    socket.until(|heard| *heard == json!(["ok", 5])).await;

    bystander.say(&json!(["go", 1, "/crm/orders"])).await;
    bystander.until(|heard| heard["t"].is_string()).await;
}

#[tokio::test]
async fn a_browser_that_reads_nothing_is_given_up() {
    let prepared = prepared(&[("APPOS__UI__LIVE__EVENTS_PER_SECOND", "10000")]).await;
    let (mut socket, page) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    for number in 1..=400 {
        let path = if number % 2 == 0 { CUSTOMERS } else { "/crm/orders" };
        socket.say(&json!(["go", number, path])).await;
    }
    // What is sent is never confirmed.
    let end = socket.closed().await;
    assert!(matches!(end, Heard::Closed(4410) | Heard::Lost), "{end:?}");
    let mut again = Socket::of(&prepared.platform, &prepared.admin).await;
    again.say(&json!(["hi", page, 0])).await;
    assert_eq!(again.text().await, json!(["gone"]));
    prepared.sales.get(CUSTOMERS).await.is(200);
}

#[tokio::test]
async fn a_session_that_ends_takes_its_pages_with_it() {
    let prepared = prepared(&[]).await;
    let (mut own, _) = live(&prepared, &prepared.sales, CUSTOMERS).await;
    let (mut other, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    prepared.sales.post("/auth/logout", json!({})).await.is(204);
    assert_eq!(own.closed().await, Heard::Closed(4401));
    // Switched off by somebody else.
    let (mut finance, _) = live(&prepared, &prepared.finance, "/billing/invoices").await;
    let id = prepared.admin.id_of("finance").await;
    prepared.admin.change(&format!("/api/platform/v1/users/{id}"), json!({ "active": false })).await.is(200);
    assert_eq!(finance.closed().await, Heard::Closed(4401));
    other.say(&json!(["go", 1, "/crm/orders"])).await;
    other.until(|heard| heard["t"].is_string()).await;
}

#[tokio::test]
async fn a_right_that_is_taken_away_takes_what_it_showed_off_the_page() {
    let prepared = prepared(&[]).await;
    let (mut socket, _) = live(&prepared, &prepared.sales, CUSTOMERS).await;
    let user = prepared.admin.id_of("sales").await;
    let group = prepared.admin.group("crm_users").await;
    let path = format!("/api/platform/v1/memberships?filter[user]={user}&filter[group]={group}");
    let found = prepared.admin.get(&path).await.is(200);
    let membership = found.body["rows"][0]["id"].as_i64().expect("a membership");
    prepared.admin.delete(&format!("/api/platform/v1/memberships/{membership}")).await.is(204);
    let frame = socket.until(|heard| heard["t"].is_string()).await;
    let title = frame["t"].as_str().expect("a title");
    assert!(title.starts_with("There is nothing at this address"), "{title}");
}

#[tokio::test]
async fn a_page_shows_what_another_user_has_changed() {
    let prepared = prepared(&[]).await;
    let (mut socket, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    let row = prepared.sales.get("/api/crm/v1/customers?limit=1&sort=id").await.is(200).body["rows"][0].clone();
    let id = row["id"].as_i64().expect("an id");
    let changed = json!({ "name": "Changed by another" });
    prepared.sales.change(&format!("/api/crm/v1/customers/{id}"), changed).await.is(200);
    socket.until(|heard| is_frame(heard) && heard.to_string().contains("Changed by another")).await;
}

#[tokio::test]
async fn pages_beyond_the_limits_work_without_a_socket() {
    let variables = [("APPOS__UI__LIVE__MAX_PAGES_PER_SESSION", "2"), ("APPOS__UI__LIVE__MAX_PAGES", "3")];
    let prepared = prepared(&variables).await;
    let (_first, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    let waiting = opened(&prepared.admin, CUSTOMERS).await;
    let newest = opened(&prepared.admin, CUSTOMERS).await;
    let mut socket = Socket::of(&prepared.platform, &prepared.admin).await;
    // Of those that nobody has claimed, the oldest has gone.
    socket.say(&json!(["hi", waiting, 0])).await;
    assert_eq!(socket.text().await, json!(["gone"]));
    socket.say(&json!(["hi", newest, 0])).await;
    assert_eq!(socket.text().await, json!(["ok", 0]));
    assert_eq!(opened(&prepared.admin, CUSTOMERS).await, "", "both are claimed");
    assert_ne!(opened(&prepared.sales, CUSTOMERS).await, "");
    assert_eq!(opened(&prepared.finance, "/billing/invoices").await, "", "there is no room");
    // Nor over a socket.
    let mut socket = Socket::of(&prepared.platform, &prepared.finance).await;
    socket.say(&json!(["open", "/billing/invoices"])).await;
    assert_eq!(socket.closed().await, Heard::Closed(4503));
}

#[tokio::test]
async fn a_server_that_stops_asks_its_pages_to_come_back() {
    let mut prepared = prepared(&[]).await;
    let (mut socket, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    let mut idle = Socket::of(&prepared.platform, &prepared.sales).await;
    assert!(prepared.platform.terminate().success());
    assert_eq!(socket.closed().await, Heard::Closed(1012));
    assert_eq!(idle.closed().await, Heard::Closed(1012));
}
