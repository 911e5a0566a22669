//! All processes of a platform in pages without script: what there is to do, who does it, what goes no further, and the
//! form by which one is started.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::support::{Prepared, prepared};

const ONBOARD: &str = "/api/crm/v1/processes/onboard_customer";

/// Starts an instance of which nothing comes, and waits until it has failed; its id.
async fn failed(prepared: &Prepared) -> String {
    prepared.admin.post(ONBOARD, json!({ "customer_id": 999_999 })).await.is(202);
    for _ in 0..3_000 {
        let wanted = json!({ "wanted": { "dead": true } });
        let listed = prepared.admin.post("/api/platform/v1/rules/process_list", wanted).await.is(200).body;
        if let Some(id) = listed[0]["id"].as_str() {
            return id.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it does not fail");
}

async fn workers(prepared: &Prepared) -> Json {
    prepared.admin.post("/api/platform/v1/rules/process_workers", json!({})).await.is(200).body
}

async fn until_it_runs(prepared: &Prepared, concurrency: u64) {
    for _ in 0..1_500 {
        if workers(prepared).await["workers"][0]["concurrency"] == concurrency {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the worker heeds nothing");
}

#[tokio::test]
async fn workers_are_seen_and_scaled_by_administrators_alone() {
    let prepared = prepared(&[]).await;
    until_it_runs(&prepared, 16).await;
    let page = prepared.admin.open("/processes/workers").await.is(200);
    let [row] = page.rows().try_into().expect("one worker");
    assert!(row[0].contains(&format!("process id {}", workers(&prepared).await["workers"][0]["pid"])), "{row:?}");
    assert_eq!(row[1..3], ["Working", "0 of 16"]);
    assert_eq!(page.link_in("nav", "All processes"), Some("/processes".to_owned()));
    let form = page.form("tbody form[action='/processes/workers']");
    prepared.admin.submit(&form.clone().with("concurrency", "3").and("do", "set")).await.is(200);
    until_it_runs(&prepared, 3).await;
    let page = prepared.admin.open("/processes/workers").await.is(200);
    assert_eq!(page.rows()[0][2], "0 of 3");
    for wrong in ["", "many", "-1", "10001"] {
        let again = prepared.admin.submit(&form.clone().with("concurrency", wrong).and("do", "set")).await.is(422);
        assert!(again.words("[role=alert]").contains("whole number"), "{wrong}");
    }
    let gone = form.clone().with("worker", "nobody").with("concurrency", "1").and("do", "set");
    assert!(prepared.admin.submit(&gone).await.is(422).words("[role=alert]").contains("not there any more"));
    prepared.admin.submit(&form.clone().and("do", "drain")).await.is(200);
    until_it_runs(&prepared, 0).await;
    assert_eq!(prepared.admin.open("/processes/workers").await.is(200).rows()[0][1], "Takes nothing new");
    let all = page.form(".ao-card form[action='/processes/workers']");
    assert!(all.fields.contains(&("worker".to_owned(), "all".to_owned())), "{all:?}");
    prepared.admin.submit(&all.and("do", "reset")).await.is(200);
    until_it_runs(&prepared, 16).await;

    let page = prepared.sales.open("/processes").await.is(200);
    assert_eq!((page.link("Workers"), page.link_in("nav", "All processes")), (None, None));
    for stranger in [&prepared.sales, &prepared.outsider] {
        stranger.open("/processes/workers").await.is(404);
        stranger.submit(&form.clone().with("concurrency", "0").and("do", "set")).await.is(404);
    }
    assert_eq!(workers(&prepared).await["workers"][0]["concurrency"], 16);
}

#[tokio::test]
async fn numbers_are_shown_of_processes_that_one_may_see() {
    let prepared = prepared(&[]).await;
    failed(&prepared).await;
    let page = prepared.sales.open("/processes").await.is(200);
    let row = page.rows().into_iter().find(|row| row[0] == "Onboard customer").expect("the process");
    assert_eq!(row[5], "1", "failed: {row:?}");
    assert_eq!(page.link("Onboard customer"), Some("/crm/processes?process=onboard_customer".to_owned()));
    assert!(page.words("main").contains("Steps per minute"));
    let page = prepared.sales.open("/crm/processes").await.is(200);
    assert_eq!(page.link_in(".ao-metric", "Failed"), Some("/processes/dead?app=crm".to_owned()));
    let nothing = prepared.outsider.open("/processes").await.is(200);
    assert!(nothing.words("main").contains("nothing here for you"), "{}", nothing.words("main"));
}

#[tokio::test]
async fn dead_letters_are_retried_together_after_a_question() {
    let prepared = prepared(&[]).await;
    let none = prepared.admin.open("/processes/dead").await.is(200);
    assert!(none.words("main").contains("No dead letters"));
    let id = failed(&prepared).await;
    let page = prepared.admin.open("/processes/dead").await.is(200);
    let [row] = page.rows().try_into().expect("one row");
    assert!(row.iter().any(|cell| cell.contains("Execution")), "{row:?}");
    assert_eq!(page.link("Onboarding of customer 999999"), Some(format!("/crm/processes/{id}")));
    // Sales may see it, and administers nothing.
    assert!(!prepared.sales.open("/processes/dead").await.is(200).has("form#bulk"));
    let bulk = page.form("form#bulk");
    let again = prepared.admin.submit(&bulk.clone().and("do", "retry")).await.is(422);
    assert!(again.words("[role=alert]").contains("Tick at least one"));
    let question = prepared.admin.submit(&bulk.clone().and("ids", &id).and("do", "retry")).await.is(200);
    assert!(question.words("main").contains("Retry 1 process"), "{}", question.words("main"));
    let sure = question.form(".ao-card form[action='/processes/dead']").and("do", "retry");
    let done = prepared.admin.submit(&sure).await.is(200);
    let told = done.words(".ao-banner");
    assert!(told.contains("1 process was taken up") || told.contains("undone"), "{told}");
    let refused = prepared.sales.submit(&sure).await.is(200);
    assert!(refused.words(".ao-banner").contains("With 1 process it was not done"), "{}", refused.words("main"));
}

#[tokio::test]
async fn a_process_is_started_with_a_form_and_what_is_wrong_stands_at_its_field() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let list = sales.open("/crm/processes").await.is(200);
    assert_eq!(list.link("Change tier"), Some("/crm/processes/change_tier/start".to_owned()));
    let page = sales.open("/crm/processes/change_tier/start?customer_id=2").await.is(200);
    let form = page.form("form[action='/crm/processes/change_tier/start']");
    assert!(form.fields.contains(&("customer_id".to_owned(), "2".to_owned())), "a link fills it in: {form:?}");
    assert_eq!(page.attributes("input[name=tier]", "value").len(), 3, "one for each tier");
    let again = sales.submit(&form.clone().with("customer_id", "").with("reason", "Well")).await.is(422);
    assert_eq!(again.words("#field-tier-error"), "is required");
    assert_eq!(again.words("#field-customer_id-error"), "is required");
    let kept = again.form("form[action='/crm/processes/change_tier/start']");
    assert!(kept.fields.contains(&("reason".to_owned(), "Well".to_owned())), "what was written stays: {kept:?}");
    sales.submit(&form.clone().with("customer_id", "two").with("tier", "tin").with("reason", "x")).await.is(422);
    let started = sales.submit(&form.with("tier", "gold").with("reason", "They buy every week")).await.is(200);
    assert_eq!(started.words("h1"), "Tier gold for customer 2");
    let mine = sales.open("/processes/mine").await.is(200);
    assert_eq!(mine.rows()[0][0], "Tier gold for customer 2");
    assert_eq!(mine.link_in("nav", "My processes"), Some("/processes/mine".to_owned()));
    assert_eq!(prepared.admin.open("/processes/mine").await.is(200).rows().len(), 0, "who has started it is another");
}

#[tokio::test]
async fn whoever_may_not_start_a_process_finds_no_form() {
    let prepared = prepared(&[]).await;
    let path = "/crm/processes/change_tier/start";
    let form = prepared.sales.open(path).await.is(200).form(&format!("form[action='{path}']"));
    for stranger in [&prepared.finance, &prepared.outsider] {
        stranger.open(path).await.is(404);
        stranger.submit(&form).await.is(404);
    }
    for path in ["/crm/processes/nothing/start", "/billing/processes/change_tier/start"] {
        prepared.sales.open(path).await.is(404);
    }
}
