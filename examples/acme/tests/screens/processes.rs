//! An app's processes in pages without script: who sees them, what has happened, what can be asked.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::support::{Client, Prepared, prepared};

const ONBOARD: &str = "/api/crm/v1/processes/onboard_customer";

/// Welcomes a customer, and waits until that waits.
async fn welcomed(prepared: &Prepared) -> String {
    let sales = &prepared.sales;
    let started = sales.post(ONBOARD, json!({ "customer_id": 1 })).await.is(202).body["id"].clone();
    let id = started.as_str().expect("an id").to_owned();
    until(sales, &id, |shown| shown["worker"].is_null() && shown["waits"][1]["kind"] == "timer").await;
    id
}

async fn until(client: &Client, id: &str, wanted: impl Fn(&Json) -> bool) {
    for _ in 0..1_500 {
        if wanted(&client.get(&format!("{ONBOARD}/instances/{id}")).await.is(200).body) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the instance never gets there");
}

#[tokio::test]
async fn instances_are_listed_and_chosen_by_the_address() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    assert!(sales.open("/crm/processes").await.is(200).words("main").contains("No processes"));
    let id = welcomed(&prepared).await;
    let page = sales.open("/crm/processes").await.is(200);
    assert_eq!(page.link_in("nav", "Processes"), Some("/crm/processes".to_owned()));
    let [row] = page.rows().try_into().expect("one row");
    assert_eq!(row[..2], ["Onboarding of customer 1", "Running"]);
    assert_eq!(row[2], "Onboard customer");
    assert!(row[3].contains("signal “answered” until ") && row[3].contains(", until "), "{row:?}");
    assert_eq!(row.last().map(String::as_str), Some("sales"));
    assert_eq!(page.link("Onboarding of customer 1"), Some(format!("/crm/processes/{id}")));
    for (query, number) in [
        ("state=running&q=customer+1&mine=true&process=onboard_customer", 1),
        (&*format!("q={id}"), 1),
        ("state=failed", 0),
        ("q=nobody", 0),
        ("state=&q=&process=", 1),
        ("process=nothing", 0),
    ] {
        assert_eq!(sales.open(&format!("/crm/processes?{query}")).await.is(200).rows().len(), number, "{query}");
    }
    let mine = prepared.admin.open("/crm/processes?mine=true").await.is(200);
    assert_eq!(mine.rows().len(), 0, "who has started it is another");
    assert_eq!(prepared.admin.open("/crm/processes").await.is(200).rows().len(), 1);
}

#[tokio::test]
async fn an_instance_is_seen_with_its_lanes_and_told_and_cancelled_without_script() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let id = welcomed(&prepared).await;
    let path = format!("/crm/processes/{id}");
    let page = sales.open(&path).await.is(200);
    assert_eq!(page.words("h1"), "Onboarding of customer 1");
    let lanes = page.all(".ao-lane-row > .ao-lane");
    assert_eq!(lanes.len(), 5, "{lanes:?}");
    assert!(lanes[0].contains("Plan task") && lanes[0].contains("Completed"), "{lanes:?}");
    assert!(page.words(".ao-lanes").contains("Signal “answered”"));
    // What only an administrator of the process may is not there.
    assert!(!page.has(&format!("form[action='{path}/retry']")) && !page.has(&format!("form[action='{path}/resume']")));
    let form = page.form(&format!("form[action='{path}/signal']")).with("payload", "5");
    sales.submit(&form).await.is(200);
    until(sales, &id, |shown| shown["waits"].as_array().is_some_and(|waits| waits.len() == 1)).await;
    let page = sales.open(&path).await.is(200);
    assert!(!page.has(&format!("form[action='{path}/signal']")), "it no longer waits for it");

    assert_eq!(page.link("Cancel process"), Some(format!("{path}?ask=cancel")));
    let page = sales.open(&format!("{path}?ask=cancel")).await.is(200);
    let cancel = page.form(&format!("form[action='{path}/cancel']"));
    sales.submit(&cancel).await.is(200);
    until(sales, &id, |shown| shown["state"] == "cancelled").await;
    let page = sales.open(&path).await.is(200);
    assert!(page.words("main").contains("Cancelled") && page.link("Cancel process").is_none());
    let refused = sales.submit(&cancel).await.is(422);
    assert!(refused.words("[role=alert]").contains("It has ended meanwhile."), "{}", refused.words("main"));
}

#[tokio::test]
async fn whoever_may_not_know_of_processes_finds_none() {
    let prepared = prepared(&[]).await;
    let id = welcomed(&prepared).await;
    for path in ["/crm/processes".to_owned(), format!("/crm/processes/{id}")] {
        prepared.finance.open(&path).await.is(404);
        prepared.outsider.open(&path).await.is(404);
    }
    for path in ["/crm/processes/7", "/billing/processes", &format!("/billing/processes/{id}")] {
        prepared.sales.open(path).await.is(404);
    }
    assert_eq!(prepared.finance.open("/crm/customers").await.is(200).link_in("nav", "Processes"), None);
    let page = prepared.sales.open(&format!("/crm/processes/{id}")).await.is(200);
    let cancel = page.form(&format!("form[action='/crm/processes/{id}/signal']"));
    prepared.finance.submit(&cancel).await.is(404);
}
