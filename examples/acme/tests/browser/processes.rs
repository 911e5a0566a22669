//! Instances of processes on open pages: they follow what happens, and their forms are sent in place.

use serde_json::json;

use crate::forms::{press, seat};
use crate::live::{LIVE, script, until};
use crate::support::prepared;

/// An expression for: this can be read on the page.
fn says(text: &str) -> String {
    format!("document.querySelector('main').innerText.includes({})", json!(text))
}

#[tokio::test]
async fn a_list_and_an_instance_follow_what_happens_and_are_steered_in_place() {
    let prepared = prepared(&[]).await;
    let url = &prepared.platform.url;
    let browser = seat(url, "sales").await;
    let client = &browser.client;
    client.goto(&format!("{url}/crm/processes")).await.expect("a page");
    until(client, &format!("{LIVE} && {}", says("No processes"))).await;
    script(client, "window.same = document.querySelector('header')").await;
    let path = "/api/crm/v1/processes/onboard_customer";
    let started = prepared.sales.post(path, json!({ "customer_id": 3 })).await.is(202).body["id"].clone();
    let id = started.as_str().expect("an id");
    until(client, &says("signal “answered”")).await;
    script(client, "document.querySelector('main tbody a').click()").await;
    until(client, &format!("location.pathname === '/crm/processes/{id}' && {}", says("Signal “answered”"))).await;
    until(client, "document.querySelectorAll('.ao-lane').length === 5").await;
    script(client, "document.querySelector('input[name=payload]').value = '5'").await;
    press(client, "Send").await;
    until(client, "!document.querySelector('input[name=payload]')").await;
    // Somebody else ends it.
    let cancel = prepared.admin.request(crate::support::Method::POST, &format!("{path}/instances/{id}/cancel"));
    prepared.admin.send(cancel).await.is(204);
    until(client, &says("Undone")).await;
    until(client, "document.querySelector('h1').parentElement.innerText.includes('Cancelled')").await;
    assert_eq!(script(client, "return window.same.isConnected").await, true, "it is the same page");
    client.clone().close().await.expect("it closes");
}
