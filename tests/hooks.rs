//! Rules that a record calls with its writes: in the transaction, or after its commit.

mod support;

use std::sync::Arc;

use appos::prelude::{Record, RecordQuery, transaction};
use appos::registry::{Manifest, Registry};
use appos::testing::{Scope, TestPlatform};
use appos::{AppOsError, ErrorKind, assert_denied};
use probe::records::{NewOrder, NewParcel, Order, OrderPatch, Parcel, ParcelPatch, Thing};
use probe::rules;
use serde_json::json;
use support::platform;

fn labelled(label: &str) -> NewParcel {
    NewParcel { label: label.to_owned() }
}

/// What the rules have noted so far, those of the outbox included.
async fn notes(platform: &TestPlatform) -> Vec<String> {
    platform.outbox_idle().await.expect("the outbox is emptied");
    let things = async { Thing::query().order_by(|c| c.id.asc()).all().await.expect("an answer") };
    let system = platform.system().await.expect("a scope");
    system.run(things).await.into_iter().map(|thing| thing.name).collect()
}

async fn ann(platform: &TestPlatform) -> Arc<Scope> {
    platform.user("ann", &["probe_users"]).await.expect("a user")
}

#[tokio::test]
async fn rules_of_a_list_run_in_its_order_and_those_after_the_commit_after_it() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let parcel = Arc::clone(&ann).run(async move { Parcel::create(labelled("a")).await }).await.unwrap();
    assert_eq!(notes(&platform).await, ["weighs a", "sends a"]);
    let sent = platform.system().await.unwrap().run(async { Thing::query().number(0).all().await.unwrap() }).await;
    let extra = sent.iter().find_map(|thing| thing.extra.clone()).unwrap();
    assert_eq!(extra["user"], json!("ann"), "with the rights of whoever wrote");
    let patch = ParcelPatch { label: Some("b".to_owned()) };
    let parcel = Arc::clone(&ann).run(async move { parcel.update(patch).await }).await.unwrap();
    assert_eq!(notes(&platform).await[2..], ["sends b"]);
    let id = parcel.id;
    Arc::clone(&ann).run(async move { parcel.delete().await }).await.unwrap();
    assert_eq!(notes(&platform).await[3..], ["calls back, gone: true"]);
    ann.run(async move { Parcel::restore(id).await }).await.unwrap();
    assert_eq!(notes(&platform).await.len(), 4, "what comes back calls no rule");
}

#[tokio::test]
async fn a_write_that_is_refused_or_given_up_is_told_to_nobody() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let user = ann.user.id;
    let again = async || platform.scope_of(user).await.unwrap();
    // A rule further down the list refuses, after the outbox was told.
    let error = ann.run(async move { Parcel::create(labelled("forbidden")).await }).await.unwrap_err();
    assert_eq!(error.message(), "a forbidden parcel is not sealed");
    let error = again().await.run(async move { Parcel::create(labelled("")).await }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    let labels = || vec!["a".to_owned(), "b".to_owned()];
    again().await.run(async move { rules::parcels(labels(), true).await }).await.unwrap_err();
    assert!(notes(&platform).await.is_empty());
    again().await.run(async move { rules::parcels(labels(), false).await }).await.unwrap();
    let mut noted = notes(&platform).await;
    noted.sort();
    assert_eq!(noted, ["sends a", "sends b", "weighs a", "weighs b"]);
    let kept = again().await.run(async move { Parcel::create(labelled("kept")).await }).await.unwrap();
    assert_eq!(notes(&platform).await[4..], ["weighs kept", "sends kept"]);
    assert_eq!(
        again().await.run(async move { kept.delete().await }).await.unwrap_err().message(),
        "a kept parcel stays"
    );
    assert_eq!(notes(&platform).await.len(), 6);
}

#[tokio::test]
async fn a_writer_who_may_not_use_the_rule_cannot_write() {
    let platform = platform().await;
    let parcel = ann(&platform).await.run(async move { Parcel::create(labelled("a")).await }).await.unwrap();
    // Finance may change parcels, and use no rule of the app.
    let fiona = platform.user("fiona", &["finance"]).await.unwrap();
    let id = parcel.id;
    let patch = ParcelPatch { label: Some("b".to_owned()) };
    let error = fiona.run(async move { parcel.update(patch).await }).await.unwrap_err();
    assert_eq!((error.kind(), error.object_ref()), (ErrorKind::Security, Some("probe.rules.parcel_sent")));
    assert_eq!(notes(&platform).await, ["weighs a", "sends a"]);
    let parcel = platform.system().await.unwrap().run(async move { Parcel::get(id).await }).await.unwrap();
    assert_eq!((&*parcel.label, parcel.version), ("a", 1));
}

#[tokio::test]
async fn the_registry_says_which_rules_a_record_calls_and_when() {
    let manifest = json!(Manifest::of(Registry::global()));
    let mut objects = manifest["objects"].as_array().unwrap().iter();
    let parcel = objects.find(|object| object["reference"] == "probe.records.parcel").unwrap();
    let hook = |on: &str, rule: &str, after: bool| json!({ "on": on, "rule": format!("probe.rules.{rule}"), "after_commit": after });
    let hooks = json!([
        hook("create", "parcel_weighed", false),
        hook("create", "parcel_sent", true),
        hook("create", "parcel_sealed", false),
        hook("update", "parcel_sent", true),
        hook("delete", "parcel_called_back", true),
        hook("delete", "parcel_opened", false),
    ]);
    assert_eq!(parcel["hooks"], hooks);
}

/// What processes have noted, in any order.
async fn prepared(platform: &TestPlatform) -> Vec<String> {
    platform.processes_idle().await.expect("the processes end");
    let mut notes = notes(platform).await;
    notes.sort();
    notes
}

#[tokio::test]
async fn a_process_begins_with_a_write_if_and_only_if_it_is_committed() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let user = ann.user.id;
    let again = async || platform.scope_of(user).await.unwrap();
    let create = async |label: &str| Order::create(NewOrder { label: label.to_owned() }).await;
    let order = ann.run(create("a")).await.unwrap();
    assert_eq!(prepared(&platform).await, ["prepares a for ann"], "as whoever wrote");
    let patch = |label: &str| OrderPatch { label: Some(label.to_owned()) };
    // A rule further down the list refuses.
    let refused = async { Order::get(order.id).await?.update(patch("forbidden")).await };
    assert_eq!(again().await.run(refused).await.unwrap_err().message(), "no such order");
    let given_up = transaction(async {
        create("never").await?;
        Err::<(), _>(AppOsError::execution("given up"))
    });
    again().await.run(given_up).await.unwrap_err();
    assert_eq!(prepared(&platform).await.len(), 1);
    again().await.run(async { Order::get(order.id).await?.update(patch("b")).await }).await.unwrap();
    assert_eq!(prepared(&platform).await, ["prepares a for ann", "prepares b for ann"]);
    again().await.run(async { Order::get(order.id).await?.delete().await }).await.unwrap();
    assert_eq!(prepared(&platform).await[2], "prepares gone for ann");
}

#[tokio::test]
async fn a_writer_who_may_not_start_the_process_cannot_write() {
    let platform = platform().await;
    let fin = platform.user("fin", &["finance"]).await.expect("a user");
    assert_denied!(fin.run(async { Order::create(NewOrder { label: "a".to_owned() }).await }).await);
    let count = platform.system().await.unwrap().run(async { Order::query().count().await.unwrap() }).await;
    assert_eq!((count, prepared(&platform).await.len()), (0, 0));
}
