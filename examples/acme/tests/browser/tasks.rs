//! What people are asked, on open pages: it appears when it is asked, and is gone when it is answered.

use fantoccini::Locator;
use serde_json::json;

use crate::forms::{press, seat};
use crate::live::{LIVE, script, until};
use crate::support::prepared;

/// An expression for: this can be read on the page.
fn says(text: &str) -> String {
    format!("document.querySelector('main').innerText.includes({})", json!(text))
}

#[tokio::test]
async fn a_task_appears_on_an_open_page_and_its_answer_has_the_process_go_on() {
    let prepared = prepared(&[]).await;
    let url = &prepared.platform.url;
    let browser = seat(url, "finance").await;
    let client = &browser.client;
    client.goto(&format!("{url}/tasks")).await.expect("a page");
    until(client, &format!("{LIVE} && {}", says("Nobody waits for you"))).await;
    script(client, "window.same = document.querySelector('header')").await;
    let request = json!({ "customer_id": 3, "tier": "gold", "reason": "They buy every week" });
    let path = "/api/crm/v1/processes/change_tier";
    let started = prepared.sales.post(path, request).await.is(202).body["id"].clone();
    until(client, &says("May customer 3 be Gold?")).await;
    script(client, "document.querySelector('main a[href^=\"/tasks/\"]').click()").await;
    until(client, &says("They buy every week")).await;
    // What somebody has typed stays when instances of processes change beside him.
    let remark = client.find(Locator::Css("textarea[name=comment]")).await.expect("a field");
    remark.send_keys("They pay").await.expect("it is written");
    let other = json!({ "customer_id": 1, "tier": "silver", "reason": "Another one" });
    prepared.sales.post(path, other).await.is(202);
    let listed = || prepared.finance.post("/api/platform/v1/rules/task_list", json!({}));
    while listed().await.is(200).body[1].is_null() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    remark.send_keys(" in time").await.expect("it is written");
    script(client, "document.querySelector('input[name=answer][value=agree]').click()").await;
    press(client, "Send the answer").await;
    until(client, "location.pathname === '/tasks'").await;
    until(client, &format!("{} && !{}", says("May customer 1 be Silver?"), says("May customer 3 be Gold?"))).await;
    assert_eq!(script(client, "return window.same.isConnected").await, true, "it is the same page");
    let id = started.as_str().expect("an id");
    let shown = format!("{path}/instances/{id}");
    while prepared.sales.get(&shown).await.is(200).body["state"] == "running" {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let shown = prepared.sales.get(&shown).await.is(200).body;
    assert_eq!(shown["result"], true, "{shown:#}");
    assert_eq!(shown["history"][0]["result"]["comment"], "They pay in time", "{shown:#}");
    client.clone().close().await.expect("it closes");
}
