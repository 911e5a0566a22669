//! Rows by rule, deletion that can be undone, numbers and computed values, over HTTP.

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, prepared, user};
use super::{CUSTOMERS, customer};

const ACTIVITIES: &str = "/api/crm/v1/activities";

async fn activity(client: &Client, customer: &Json, owner: i64, subject: &str) -> Json {
    let new = json!({ "customer": customer["id"], "owner": owner, "subject": subject, "minutes": 30 });
    client.post(ACTIVITIES, new).await.is(201).body
}

/// Asks for a row to be brought back.
async fn restored(client: &Client, path: &str) -> Answer {
    client.send(client.request(Method::POST, &format!("{path}/restore"))).await
}

#[tokio::test]
async fn everybody_sees_his_own_activities_and_administrators_of_the_app_see_all() {
    let start = prepared(&[]).await;
    let (mine, other) = (start.admin.id_of("sales").await, start.admin.id_of("outsider").await);
    let boss = user(&start.platform, &start.admin, "chief", &["crm_users", "crm_admins"]).await;
    let acme = customer(&start.sales, "seen").await;
    let own = activity(&start.sales, &acme, mine, "mine").await;
    assert_eq!(own["number"].as_str().map(|number| &number[6..]), Some("-00001"));
    assert_eq!((own["cost"].as_str(), own["hourly_rate"].as_str()), (Some("30"), Some("60")));
    let foreign = activity(&boss, &acme, other, "not mine").await;

    let path = format!("{ACTIVITIES}/{}", foreign["id"]);
    start.sales.get(&path).await.problem(404, "record_not_found");
    start.sales.get(&format!("{path}/audit")).await.problem(404, "record_not_found");
    start.sales.patch(&path, json!({ "version": 1, "minutes": 1 })).await.problem(404, "record_not_found");
    start.sales.delete(&path).await.problem(404, "record_not_found");
    assert_eq!(start.sales.count(ACTIVITIES).await, 1);
    assert_eq!(boss.count(ACTIVITIES).await, 2);
    assert_eq!(start.admin.count(ACTIVITIES).await, 2);
    let bulk = json!({ "operations": [{ "update": { "id": foreign["id"], "version": 1, "minutes": 2 } }] });
    let answer = start.sales.post(&format!("{ACTIVITIES}/bulk"), bulk).await;
    assert!(answer.body.to_string().contains("record_not_found"), "{}", answer.body);
    let minutes = start.sales.post("/api/crm/v1/rules/minutes_by_customer", json!({})).await.is(200).body;
    assert_eq!(minutes, json!([{ "customer": acme["id"], "minutes": 30 }]));

    // Nothing can be given away or made for others, and nobody writes numbers and costs.
    let own_path = format!("{ACTIVITIES}/{}", own["id"]);
    start.sales.patch(&own_path, json!({ "version": 1, "owner": other })).await.problem(403, "row_not_allowed");
    let new = json!({ "customer": acme["id"], "owner": other, "subject": "for you" });
    start.sales.post(ACTIVITIES, new).await.problem(403, "row_not_allowed");
    for (field, value) in [("number", json!("A-1")), ("cost", json!("0"))] {
        let refused = start.sales.patch(&own_path, json!({ "version": 1, field: value })).await;
        assert_eq!(refused.problem(422, "invalid_fields").names(field), "read_only");
    }
    assert_eq!(start.sales.get(&own_path).await.is(200).body["version"], 1);
}

#[tokio::test]
async fn a_deleted_activity_is_gone_for_all_routes_until_it_is_restored() {
    let start = prepared(&[]).await;
    let mine = start.admin.id_of("sales").await;
    let acme = customer(&start.sales, "gone").await;
    let own = activity(&start.sales, &acme, mine, "visit").await;
    let path = format!("{ACTIVITIES}/{}", own["id"]);
    restored(&start.sales, &path).await.problem(404, "record_not_found");
    start.sales.delete(&path).await.is(204);
    start.sales.get(&path).await.problem(404, "record_not_found");
    assert_eq!(start.sales.count(ACTIVITIES).await, 0);
    let searched = start.sales.get_with(ACTIVITIES, &[("q", "visit")]).await.is(200);
    assert_eq!(searched.body["rows"], json!([]));
    let deleted = start.sales.get(&format!("{ACTIVITIES}?deleted=true")).await.is(200);
    assert_eq!(deleted.column("id"), [own["id"].clone()]);
    let file = start.sales.get(&format!("{ACTIVITIES}/export?format=jsonl&fields=id&deleted=true")).await.is(200);
    assert_eq!(file.body, json!({ "id": own["id"] }));
    let there = start.sales.get(&format!("{ACTIVITIES}/export?format=jsonl")).await.is(200);
    assert!(there.body.is_null());
    restored(&start.finance, &path).await.problem(404, "not_found");
    let back = restored(&start.sales, &path).await.is(200).body;
    assert_eq!((&back["number"], back["version"].as_i64()), (&own["number"], Some(3)));
    let entries = start.sales.get(&format!("{path}/audit")).await.is(200).body;
    let actions: Vec<_> = entries["entries"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(actions, ["restore", "delete", "create"]);
    for no_id in ["0", "-1", "x"] {
        start.sales.get(&format!("{ACTIVITIES}/{no_id}/audit")).await.problem(404, "record_not_found");
    }
    // A record that keeps no deleted rows has neither.
    let refused = start.sales.get(&format!("{CUSTOMERS}?deleted=true")).await.problem(400, "bad_query");
    assert_eq!(refused.names("deleted"), "unknown_parameter");
    restored(&start.sales, &format!("{CUSTOMERS}/1")).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_filter_reaches_the_row_that_a_reference_leads_to() {
    let start = prepared(&[]).await;
    let mine = start.admin.id_of("sales").await;
    let (one, two) = (customer(&start.sales, "alpha").await, customer(&start.sales, "beta").await);
    activity(&start.sales, &one, mine, "a").await;
    activity(&start.sales, &two, mine, "b").await;
    let found = start.sales.get_with(ACTIVITIES, &[("filter[customer.name]", "beta")]).await.is(200);
    assert_eq!(found.column("subject"), ["b"]);
    let found = start.sales.get_with(ACTIVITIES, &[("filter[customer.name][starts_with]", "al")]).await.is(200);
    assert_eq!(found.column("subject"), ["a"]);
    for name in
        ["filter[customer.credit_limit][gt]", "filter[customer.nick]", "filter[subject.name]", "filter[owner.email]"]
    {
        let refused = start.sales.get_with(ACTIVITIES, &[(name, "1")]).await.problem(400, "bad_query");
        assert_eq!(refused.names(name), "unknown_field", "{name}");
    }
}
