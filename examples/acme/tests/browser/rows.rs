//! Rows on open pages: when one comes back to a page, in several tabs, while many change them, and during long work.

use serde_json::json;

use crate::forms::{press, seat};
use crate::live::{LIVE, script, until};
use crate::support::prepared;

const CUSTOMER: &str = "/api/crm/v1/customers/3";

/// An expression for: this can be read on the page.
fn says(text: &str) -> String {
    format!("document.body.innerText.includes({})", json!(text))
}

#[tokio::test]
async fn a_page_to_which_one_comes_back_is_live_and_has_the_rows_of_now() {
    let prepared = prepared(&[]).await;
    let (url, admin) = (&prepared.platform.url, &prepared.admin);
    let browser = seat(url, "sales").await;
    let client = &browser.client;
    client.goto(&format!("{url}/crm/customers/3")).await.expect("a page");
    until(client, LIVE).await;
    // Away from the platform, and back by the browser.
    client.goto(&format!("{url}/api/crm/v1/customers/3")).await.expect("a page");
    admin.change(CUSTOMER, json!({ "city": "Ghent" })).await.is(200);
    client.back().await.expect("back");
    until(client, &format!("{LIVE} && {}", says("Ghent"))).await;
    admin.change(CUSTOMER, json!({ "city": "Namur" })).await.is(200);
    until(client, &says("Namur")).await;
    // What a browser does that keeps the page as it was: it is put away, and shown again.
    script(client, "window.same = document.querySelector('header')").await;
    script(client, "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))").await;
    admin.change(CUSTOMER, json!({ "city": "Bruges" })).await.is(200);
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(script(client, &format!("return {}", says("Bruges"))).await, false, "nobody tells it meanwhile");
    script(client, "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))").await;
    until(client, &format!("{LIVE} && {}", says("Bruges"))).await;
    assert_eq!(script(client, "return window.same.isConnected").await, true, "it is the same page");
    client.clone().close().await.expect("it closes");
}

/// The rows of the table that is shown, as text.
const ROWS: &str = "return [...document.querySelectorAll('main table tbody tr')].map(row => row.innerText)";

#[tokio::test]
async fn tabs_in_which_many_change_rows_at_once_end_with_the_same_rows() {
    let prepared = prepared(&[]).await;
    let url = &prepared.platform.url;
    let list = format!("{url}/crm/customers?sort=id&columns=name,city,phone");
    let browser = seat(url, "sales").await;
    let client = &browser.client;
    let mut tabs = Vec::new();
    for _ in 0..3 {
        let tab = client.new_window(true).await.expect("a tab").handle;
        client.switch_to_window(tab.clone()).await.expect("the tab");
        client.goto(&list).await.expect("a page");
        until(client, LIVE).await;
        tabs.push(tab);
    }
    // Two change the same rows from either end, one adds some.
    let changes = |who: &crate::support::Client, ids: Vec<i64>, name: &'static str| {
        let who = who.clone();
        async move {
            for id in ids {
                let path = format!("/api/crm/v1/customers/{id}");
                // Who comes second looks again.
                while who.change(&path, json!({ "city": name, "phone": format!("{name} {id}") })).await.status != 200 {}
            }
        }
    };
    let adds = async {
        for number in 0..10 {
            let body = json!({ "name": format!("New {number}"), "email": format!("new{number}@acme.example") });
            prepared.sales.post("/api/crm/v1/customers", body).await.is(201);
        }
    };
    tokio::join!(
        changes(&prepared.sales, (1..=15).collect(), "Ghent"),
        changes(&prepared.admin, (1..=15).rev().collect(), "Namur"),
        adds
    );
    prepared.admin.change(CUSTOMER, json!({ "city": "The last change" })).await.is(200);
    let mut shown = Vec::new();
    for tab in &tabs {
        client.switch_to_window(tab.clone()).await.expect("the tab");
        until(client, &says("The last change")).await;
        shown.push(script(client, ROWS).await);
    }
    client.refresh().await.expect("a page");
    until(client, LIVE).await;
    let now = script(client, ROWS).await;
    assert!(now.as_array().is_some_and(|rows| rows.len() > 15), "{now}");
    for (tab, shown) in shown.iter().enumerate() {
        assert_eq!(shown, &now, "tab {tab}");
    }
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn how_far_long_work_is_can_be_seen_and_it_can_be_stopped() {
    let prepared = prepared(&[]).await;
    // Enough of them that it takes a while.
    let create = |number: u32| {
        let line = json!({ "article": 1, "description": "Ink", "unit_price": "2", "quantity": 1 });
        let body = json!({ "number": format!("W-{number}"), "customer": 1, "ordered_on": "2026-01-02", "total": "2", "lines": [line] });
        json!({ "create": body })
    };
    for lot in 0..4 {
        let operations: Vec<_> = (lot * 250..(lot + 1) * 250).map(create).collect();
        prepared.sales.post("/api/crm/v1/orders/bulk", json!({ "operations": operations })).await.is(200);
    }
    let browser = seat(&prepared.platform.url, "sales").await;
    let client = &browser.client;
    client.goto(&format!("{}/crm/order-check", prepared.platform.url)).await.expect("a page");
    until(client, LIVE).await;
    // Each value that the bar has shown.
    script(
        client,
        "window.seen = [];
        new MutationObserver(() => {
            const bar = document.querySelector('main progress');
            if (bar?.hasAttribute('value') && bar.max > 1 && window.seen.at(-1) !== bar.value) window.seen.push(bar.value);
        }).observe(document.querySelector('main'), { subtree: true, childList: true, attributes: true });",
    )
    .await;
    press(client, "Check all orders").await;
    until(client, "window.seen.length > 1").await;
    until(client, &says("All of them add up.")).await;
    let seen = script(client, "return window.seen").await;
    let seen: Vec<f64> = seen.as_array().expect("a list").iter().filter_map(serde_json::Value::as_f64).collect();
    assert!(seen.is_sorted(), "it only goes on: {seen:?}");
    // Given up, it says nothing more, and can be begun anew.
    press(client, "Check all orders").await;
    until(client, "document.querySelector('main progress')").await;
    press(client, "Stop").await;
    until(client, "!document.querySelector('main progress')").await;
    assert_eq!(script(client, &format!("return {}", says("add up"))).await, false);
    press(client, "Check all orders").await;
    until(client, &says("All of them add up.")).await;
    client.clone().close().await.expect("it closes");
}
