//! What people are asked, in pages without script: who sees it, how it is answered, and what becomes of it.

use serde_json::{Value as Json, json};

use crate::support::{Prepared, prepared};

const CHANGE: &str = "/api/crm/v1/processes/change_tier";

/// Asks for a better tier, and waits until finance is asked; the ids of the instance and of the task.
pub(crate) async fn asked(prepared: &Prepared, customer: i64) -> (String, String) {
    let request = json!({ "customer_id": customer, "tier": "gold", "reason": "They buy every week" });
    let started = prepared.sales.post(CHANGE, request).await.is(202).body["id"].clone();
    let instance = started.as_str().expect("an id").to_owned();
    for _ in 0..1_500 {
        let wanted = json!({ "wanted": { "instance": instance } });
        let listed = prepared.finance.post("/api/platform/v1/rules/task_list", wanted).await.is(200).body;
        if let Some(id) = listed[0]["id"].as_str() {
            return (instance, id.to_owned());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody is asked");
}

async fn ended(prepared: &Prepared, instance: &str) -> Json {
    for _ in 0..1_500 {
        let shown = prepared.sales.get(&format!("{CHANGE}/instances/{instance}")).await.is(200).body;
        if shown["state"] != "running" {
            return shown;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("it does not end");
}

#[tokio::test]
async fn whoever_is_asked_answers_with_a_form_and_the_process_goes_on() {
    let prepared = prepared(&[]).await;
    assert!(prepared.finance.open("/tasks").await.is(200).words("main").contains("Nobody waits for you"));
    let (instance, id) = asked(&prepared, 1).await;
    let page = prepared.finance.open("/tasks").await.is(200);
    assert_eq!(page.link("May customer 1 be Gold?"), Some(format!("/tasks/{id}")));
    let page = prepared.finance.open(&format!("/tasks/{id}")).await.is(200);
    assert!(page.words("main").contains("They buy every week"));
    let form = page.form(&format!("form[action='/tasks/{id}']"));
    // Without an answer, and with one that may not be given.
    for form in [form.clone(), form.clone().with("answer", "perhaps")] {
        let again = prepared.finance.submit(&form.with("comment", "Well")).await.is(422);
        assert!(again.words("[role=alert]").contains("Answer"), "{}", again.words("main"));
        let kept = again.form(&format!("form[action='/tasks/{id}']")).fields;
        assert!(kept.contains(&("comment".to_owned(), "Well".to_owned())), "what was written stays: {kept:?}");
    }
    let shown = prepared.sales.get(&format!("{CHANGE}/instances/{instance}")).await.is(200).body;
    assert_eq!(shown["state"], "running");
    let given = form.with("answer", "agree").with("comment", "They pay in time");
    prepared.finance.submit(&given).await.is(200);
    assert_eq!(ended(&prepared, &instance).await["result"], true);
    assert_eq!(prepared.sales.get("/api/crm/v1/customers/1").await.is(200).body["tier"], "gold");
    let page = prepared.finance.open(&format!("/tasks/{id}")).await.is(200);
    assert!(page.words("main").contains("They pay in time"), "{}", page.words("main"));
    // The first answer counts.
    assert!(!page.has(&format!("form[action='/tasks/{id}']")));
    prepared.finance.submit(&given.with("answer", "decline")).await.is(422);
    assert_eq!(prepared.sales.get("/api/crm/v1/customers/1").await.is(200).body["tier"], "gold");
}

#[tokio::test]
async fn nobody_else_sees_a_task_or_answers_it() {
    let prepared = prepared(&[]).await;
    let (instance, id) = asked(&prepared, 2).await;
    let form = prepared.finance.open(&format!("/tasks/{id}")).await.is(200);
    let form = form.form(&format!("form[action='/tasks/{id}']")).with("answer", "agree");
    for (who, stranger) in [("starter", &prepared.sales), ("outsider", &prepared.outsider)] {
        stranger.open(&format!("/tasks/{id}")).await.is(404);
        assert_eq!(stranger.open("/tasks").await.is(200).link("May customer 2 be Gold?"), None, "{who}");
        stranger.submit(&form).await.is(404);
    }
    // Who may do everything sees it, and does not answer in the place of others.
    let seen = prepared.admin.open(&format!("/tasks/{id}")).await.is(200);
    assert!(!seen.has(&format!("form[action='/tasks/{id}']")));
    prepared.admin.submit(&form).await.is(404);
    let shown = prepared.sales.get(&format!("{CHANGE}/instances/{instance}")).await.is(200).body;
    assert_eq!(shown["state"], "running");
}

#[tokio::test]
async fn an_administrator_gives_a_task_to_others_who_are_asked_from_then_on() {
    let prepared = prepared(&[]).await;
    let (_, id) = asked(&prepared, 2).await;
    let action = format!("form[action='/tasks/{id}/reassign']");
    assert!(!prepared.finance.open(&format!("/tasks/{id}")).await.is(200).has(&action), "who is asked answers");
    let all = prepared.admin.open("/tasks?all=true").await.is(200);
    assert_eq!(all.link("May customer 2 be Gold?"), Some(format!("/tasks/{id}")));
    assert_eq!(prepared.admin.open("/tasks").await.is(200).link("May customer 2 be Gold?"), None);
    let form = prepared.admin.open(&format!("/tasks/{id}")).await.is(200).form(&action);
    let user = prepared.sales.get("/auth/me").await.is(200).body["id"].to_string();
    for wrong in
        [form.clone(), form.clone().with("group", "finance").with("user", &user), form.clone().with("user", "me")]
    {
        let again = prepared.admin.submit(&wrong).await.is(422);
        assert!(again.has("[role=alert]"), "{}", again.words("main"));
    }
    let nobody = prepared.admin.submit(&form.clone().with("group", "nobody")).await.is(422);
    assert!(nobody.words("#field-group-error").contains("not there"), "{}", nobody.words("main"));
    for stranger in [&prepared.sales, &prepared.outsider] {
        stranger.submit(&form.clone().with("user", &user)).await.is(404);
    }
    prepared.admin.submit(&form.with("user", &user)).await.is(200);
    assert_eq!(prepared.finance.open("/tasks").await.is(200).link("May customer 2 be Gold?"), None);
    let page = prepared.sales.open("/tasks").await.is(200);
    assert_eq!(page.link("May customer 2 be Gold?"), Some(format!("/tasks/{id}")));
}
