//! Processes over HTTP: started with arguments that fit, seen by whoever may, and steered.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::customer;
use super::support::{Answer, Client, Method, prepared};

const ONBOARD: &str = "/api/crm/v1/processes/onboard_customer";

async fn start(client: &Client, body: Json, key: Option<&str>) -> Answer {
    let request = client.request(Method::POST, ONBOARD).json(&body);
    client.send(key.into_iter().fold(request, |request, key| request.header("idempotency-key", key))).await
}

fn instance(started: &Answer) -> String {
    format!("{ONBOARD}/instances/{}", started.body["id"].as_str().expect("an id"))
}

/// Waits until the instance is as wanted.
async fn until(client: &Client, instance: &str, wanted: impl Fn(&Json) -> bool) -> Json {
    for _ in 0..1_500 {
        let shown = client.get(instance).await.is(200).body;
        if wanted(&shown) {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{instance} never gets there: {}", client.get(instance).await.body);
}

#[tokio::test]
async fn a_process_is_started_and_its_instance_is_a_resource() {
    let platform = prepared(&[]).await;
    let sales = &platform.sales;
    let id = customer(sales, "welcomed").await["id"].clone();
    let started = start(sales, json!({ "customer_id": id }), None).await.is(202);
    assert_eq!(started.headers["location"].to_str().expect("a text"), instance(&started));
    let waits = |shown: &Json| shown["waits"][1]["kind"] == "timer" && shown["worker"].is_null();
    let shown = until(sales, &instance(&started), waits).await;
    assert_eq!(shown["name"], format!("Onboarding of customer {id}"));
    assert_eq!((&shown["state"], &shown["arguments"]), (&json!("running"), &json!({ "customer_id": id })));
    let places: Vec<_> = shown["history"].as_array().expect("a list").iter().map(|entry| &entry["place"]).collect();
    assert_eq!(places, ["1", "2", "3", "5", "6.1.1"], "{shown:#}");
    let planned = sales.get(&format!("/api/crm/v1/activities?filter[customer]={id}&limit=9")).await.is(200);
    assert_eq!(planned.body["rows"].as_array().map(Vec::len), Some(3));

    let listed = sales.get(&format!("{ONBOARD}/instances?state=running&search=customer+{id}")).await.is(200);
    assert_eq!((&listed.body["instances"][0]["id"], &listed.body["next"]), (&started.body["id"], &Json::Null));
    assert_eq!(listed.body["instances"][0]["waits"][0]["name"], "answered");
    let second = start(sales, json!({ "customer_id": id }), None).await.is(202);
    let page = sales.get(&format!("{ONBOARD}/instances?limit=1")).await.is(200).body;
    assert_eq!((&page["instances"][0]["id"], &page["next"]), (&second.body["id"], &second.body["id"]));
    let cursor = page["next"].as_str().expect("a cursor");
    let page = sales.get(&format!("{ONBOARD}/instances?limit=1&cursor={cursor}")).await.is(200).body;
    assert_eq!((&page["instances"][0]["id"], &page["next"]), (&started.body["id"], &Json::Null));
    sales.get(&format!("{ONBOARD}/instances?state=lost&limit=0&cursor=x")).await.problem(400, "bad_query");

    let found = sales.get(&format!("{ONBOARD}/instances?filter[customer_id]={id}&limit=9")).await.is(200).body;
    assert_eq!(found["instances"].as_array().map(Vec::len), Some(2), "{found:#}");
    for nothing in ["filter[customer_id]=0", "filter[tier]=gold", "filter[a%00]=b", "archived=true"] {
        let found = sales.get(&format!("{ONBOARD}/instances?{nothing}")).await.is(200).body;
        assert_eq!(found["instances"], json!([]), "{nothing}");
    }
    for wrong in ["filter[]=1", "filter=1", "filter[a]=1&filter[a]=2", "archived=perhaps"] {
        sales.get(&format!("{ONBOARD}/instances?{wrong}")).await.problem(400, "bad_query");
    }
}

#[tokio::test]
async fn arguments_that_do_not_fit_start_nothing_and_a_key_starts_once() {
    let platform = prepared(&[]).await;
    let sales = &platform.sales;
    let wrong = start(sales, json!({ "customer_id": "seven", "soon": true }), None).await.problem(422, "invalid");
    let mut names: Vec<_> = wrong.body["errors"].as_array().expect("errors").iter().map(|one| &one["field"]).collect();
    names.sort_by_key(|name| name.to_string());
    assert_eq!(names, ["customer_id", "soon"]);
    start(sales, json!([]), None).await.problem(400, "malformed_json");
    start(sales, json!({ "customer_id": 1 }), Some("two words")).await.problem(400, "bad_header");
    let listed = sales.get(&format!("{ONBOARD}/instances")).await.is(200);
    assert_eq!(listed.body["instances"], json!([]));
    let first = start(sales, json!({ "customer_id": 1 }), Some("one")).await.is(202);
    let again = start(sales, json!({ "customer_id": 1 }), Some("one")).await.is(202);
    assert_eq!(first.body["id"], again.body["id"]);
    start(sales, json!({ "customer_id": 2 }), Some("one")).await.problem(422, "key_reused");
}

#[tokio::test]
async fn an_instance_is_told_ended_and_retried_by_whoever_may() {
    let platform = prepared(&[]).await;
    let (sales, admin) = (&platform.sales, &platform.admin);
    let started = start(sales, json!({ "customer_id": 1 }), None).await.is(202);
    let instance = instance(&started);
    let signal = format!("{instance}/signal");
    sales.post(&signal, json!({ "payload": 5 })).await.problem(422, "invalid_fields");
    sales.post(&signal, json!({ "name": "answered", "more": 1 })).await.problem(422, "invalid_fields");
    for name in ["$child:1", "", "a\0b"] {
        sales.post(&signal, json!({ "name": name })).await.problem(422, "invalid_signal");
    }
    let nothing = sales.get(&format!("{ONBOARD}/instances?search=a%00b")).await.is(200);
    assert_eq!(nothing.body["instances"], json!([]));
    sales.post(&signal, json!({ "name": "answered", "payload": 5 })).await.is(204);
    let bare = |what: &str| sales.send(sales.request(Method::POST, &format!("{instance}/{what}")));
    // Seen by everybody in sales, steered by those who administer it.
    bare("retry").await.problem(403, "denied");
    bare("resume").await.problem(403, "denied");
    bare("forget").await.problem(404, "not_found");
    let retry = admin.send(admin.request(Method::POST, &format!("{instance}/retry"))).await;
    retry.problem(409, "not_failed");
    bare("cancel").await.is(204);
    let shown = until(sales, &instance, |shown| shown["state"] == "cancelled").await;
    assert!(shown["ended_at"].is_string(), "{shown:#}");
    let undone = shown["history"].as_array().expect("a list").iter().filter(|entry| entry["kind"] == "compensation");
    assert!(undone.count() <= 3);
    bare("cancel").await.problem(409, "instance_ended");
    sales.post(&signal, json!({ "name": "answered" })).await.problem(409, "instance_ended");
}

#[tokio::test]
async fn whoever_may_not_know_of_a_process_learns_nothing_of_its_instances() {
    let platform = prepared(&[]).await;
    let started = start(&platform.sales, json!({ "customer_id": 1 }), None).await.is(202);
    let instance = instance(&started);
    let unknown = format!("{ONBOARD}/instances/019acb72-4e80-7a3c-9f43-0242ac120002");
    platform.sales.get(&unknown).await.problem(404, "unknown_instance");
    platform.sales.get(&format!("{ONBOARD}/instances/7")).await.problem(404, "unknown_instance");
    let stranger = platform.platform.client();
    for path in [ONBOARD.to_owned(), format!("{instance}/signal"), format!("{instance}/cancel")] {
        platform.outsider.post(&path, json!({ "customer_id": 1 })).await.problem(404, "not_found");
        platform.finance.post(&path, json!({ "customer_id": 1 })).await.problem(404, "not_found");
        stranger.post(&path, json!({ "customer_id": 1 })).await.problem(401, "not_signed_in");
    }
    for path in [instance.clone(), unknown, format!("{ONBOARD}/instances"), format!("{ONBOARD}/instances/7")] {
        platform.outsider.get(&path).await.problem(404, "not_found");
        platform.finance.get(&path).await.problem(404, "not_found");
        stranger.get(&path).await.problem(401, "not_signed_in");
        platform.sales.delete(&path).await.problem(405, "method_not_allowed");
    }
    let foreign = platform.sales.request(Method::POST, ONBOARD).header("origin", "https://evil.example");
    platform.sales.send(foreign.json(&json!({ "customer_id": 1 }))).await.problem(403, "foreign_origin");
    let listed = platform.sales.get(&format!("{ONBOARD}/instances")).await.is(200);
    assert_eq!(listed.body["instances"].as_array().map(Vec::len), Some(1));
}
