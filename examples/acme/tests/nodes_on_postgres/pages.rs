//! Pages that are open on one server, and what happens on another.

use std::time::Duration;

use serde_json::{Value as Json, json};
use throwaway_redis::Fault;

use super::cluster::{Cluster, until};
use super::socket::{Heard, Socket};
use super::support::{Client, Platform};

const ROW: &str = "/api/crm/v1/customers/1";
/// Servers that are told nothing look for themselves, and the database counts late.
const WITHOUT_NEWS: Duration = Duration::from_secs(40);

/// A page with its socket.
async fn live(platform: &Platform, client: &Client, path: &str) -> Socket {
    let html = client.get(path).await.is(200);
    let html = html.body.as_str().expect("a page");
    let page = html.split_once("data-live=\"").and_then(|(_, rest)| rest.split_once('"')).expect("it is kept").0;
    let mut socket = Socket::of(platform, client).await;
    socket.say(&json!(["hi", page, 0])).await;
    assert_eq!(socket.text().await, json!(["ok", 0]));
    socket
}

fn says(text: &str) -> impl Fn(&Json) -> bool {
    move |heard| heard.is_object() && heard.to_string().contains(text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_row_that_is_changed_on_one_server_shows_on_the_pages_of_all() {
    let cluster = Cluster::start().await;
    let sales = cluster.signed_in("sales@acme.example").await;
    let list = "/crm/customers?sort=id";
    let mut second = live(&cluster.nodes[1], &sales[1], list).await;
    let mut third = live(&cluster.nodes[2], &sales[2], "/crm/customers/1?tab=contacts").await;
    cluster.admin.change(ROW, json!({ "name": "Changed elsewhere" })).await.is(200);
    second.until(says("Changed elsewhere")).await;
    third.until(says("Changed elsewhere")).await;
    // From either side, also what is new and what is gone.
    let contact = json!({ "customer": 1, "first_name": "Grace", "last_name": "Hopper of the second" });
    let made = sales[1].post("/api/crm/v1/contacts", contact).await.is(201).id();
    third.until(says("Hopper of the second")).await;
    sales[1].delete(&format!("/api/crm/v1/contacts/{made}")).await.is(204);
    third.until(|heard| heard.is_object() && !heard.to_string().contains("Hopper of the second")).await;
    // Many at once are told as such.
    let rows: Vec<Json> = (0..150)
        .map(|number| json!({ "name": format!("N {number}"), "email": format!("n{number}@a.example") }))
        .collect();
    for row in &rows {
        cluster.admin.post("/api/crm/v1/customers", row.clone()).await.is(201);
    }
    cluster.admin.change(ROW, json!({ "name": "After many" })).await.is(200);
    second.until(says("After many")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_that_ends_on_one_server_closes_its_pages_on_all() {
    let cluster = Cluster::start().await;
    let sales = cluster.signed_in("sales@acme.example").await;
    let other = cluster.signed_in("sales@acme.example").await;
    let mut gone = live(&cluster.nodes[1], &sales[1], "/crm/customers").await;
    let mut kept = live(&cluster.nodes[1], &other[1], "/crm/customers").await;
    sales[0].post("/auth/logout", json!({})).await.is(204);
    let end = tokio::time::timeout(Duration::from_secs(1), gone.closed()).await.expect("within a second");
    assert_eq!(end, Heard::Closed(4401));
    // The other one of the same user goes on.
    cluster.admin.change(ROW, json!({ "name": "Still told" })).await.is(200);
    kept.until(says("Still told")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_taken_away_on_one_server_is_off_the_pages_of_the_others() {
    let cluster = Cluster::start().await;
    let sales = cluster.signed_in("sales@acme.example").await;
    let mut page = live(&cluster.nodes[1], &sales[1], "/crm/contacts").await;
    let user = cluster.admin.id_of("sales").await;
    let group = cluster.admin.group("crm_users").await;
    let path = format!("/api/platform/v1/memberships?filter[user]={user}&filter[group]={group}");
    let membership = cluster.admin.get(&path).await.is(200).body["rows"][0]["id"].clone();
    cluster.admin.delete(&format!("/api/platform/v1/memberships/{membership}")).await.is(204);
    cluster.admin.change("/api/crm/v1/contacts/1", json!({ "last_name": "Afterwards" })).await.is(200);
    let mut said = Vec::new();
    loop {
        let heard = page.text().await;
        let over = heard["t"].as_str().is_some_and(|title| title.starts_with("There is nothing"));
        said.push(heard);
        if over {
            break;
        }
    }
    assert!(!json!(said).to_string().contains("Afterwards"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_news_pages_show_the_rows_of_others_a_little_later() {
    let cluster = Cluster::with(&[("APPOS__SESSION__STORE", "database")]).await;
    let sales = cluster.signed_in("sales@acme.example").await;
    let mut page = live(&cluster.nodes[1], &sales[1], "/crm/customers?sort=id").await;
    for (fault, name) in [(Fault::NoNews, "Without news"), (Fault::Cut, "Without Redis")] {
        cluster.breaks(fault);
        // It is noticed before anything is written, so that nothing but the database can tell of it.
        tokio::time::sleep(Duration::from_secs(5)).await;
        cluster.admin.change(ROW, json!({ "name": name })).await.is(200);
        let shown = tokio::time::timeout(WITHOUT_NEWS, page.until(says(name))).await;
        shown.unwrap_or_else(|_| panic!("it is shown: {name}"));
    }
    let other = cluster.signed_in("sales@acme.example").await;
    let mut gone = live(&cluster.nodes[1], &other[1], "/crm/customers").await;
    other[0].post("/auth/logout", json!({})).await.is(204);
    let end = tokio::time::timeout(WITHOUT_NEWS, gone.closed()).await.expect("a session that has ended is noticed");
    assert_eq!(end, Heard::Closed(4401));
    cluster.breaks(Fault::None);
    until("there is news again", WITHOUT_NEWS, async || {
        let name = format!("Again {}", uuid::Uuid::now_v7());
        cluster.admin.change(ROW, json!({ "name": name })).await.is(200);
        tokio::time::timeout(Duration::from_secs(1), page.until(says(&name))).await.is_ok()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn news_hold_nothing_of_a_row_and_those_of_strangers_do_nothing() {
    let cluster = Cluster::start().await;
    let sales = cluster.signed_in("sales@acme.example").await;
    let mut page = live(&cluster.nodes[1], &sales[1], "/crm/customers?sort=id").await;
    let heard = cluster.redis.hears("appos:news");
    cluster.admin.change(ROW, json!({ "name": "Nobody reads this", "city": "Secret City" })).await.is(200);
    page.until(says("Nobody reads this")).await;
    let news = heard.so_far();
    assert!(news.contains("crm.records.customer"), "{news}");
    assert!(!news.contains("Nobody reads") && !news.contains("Secret"), "{news}");
    // Anything else that is said there.
    for forged in [
        "",
        "{",
        "{\"from\":\"x\"}",
        "[[[[",
        "{\"rows\":[[\"crm.records.nothing\",1]],\"from\":\"00000000-0000-0000-0000-000000000000\",\"state\":null}",
        "{\"ended\":[\"x\"],\"from\":\"00000000-0000-0000-0000-000000000000\",\"state\":null}",
    ] {
        cluster.redis.ask(&format!("PUBLISH appos:news {forged}"));
    }
    cluster.admin.change(ROW, json!({ "name": "All is well" })).await.is(200);
    page.until(says("All is well")).await;
}
