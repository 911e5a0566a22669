//! Processes: what was started runs to its end, each step once, whatever it waits for and whoever runs it.

mod support;

#[path = "processes/archive.rs"]
mod archive;
#[path = "processes/failures.rs"]
mod failures;
#[path = "processes/months.rs"]
mod months;
#[path = "processes/programs.rs"]
mod programs;
#[path = "processes/rights.rs"]
mod rights;
#[path = "processes/search.rs"]
mod search;
#[path = "processes/steering.rs"]
mod steering;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use appos::assert_denied;
use appos::prelude::process::Instance;
use appos::prelude::{Record, RecordQuery, engine, transaction};
use appos::testing::{Journal, Scope, TestPlatform};
use appos::{AppOsError, ErrorKind, Result};
use probe::processes;
use probe::processes::CHANGED;
use probe::records::Thing;
use serde_json::{Value as Json, json};
use support::{another_on, database, platform, settings, sql};

async fn names(platform: &TestPlatform) -> Vec<String> {
    let things = async { Thing::query().order_by(|thing| thing.id.asc()).all().await.expect("an answer") };
    let things = platform.system().await.expect("a scope").run(things).await;
    things.into_iter().map(|thing| thing.name).collect()
}

async fn ann(platform: &TestPlatform) -> Arc<Scope> {
    platform.user("ann", &["probe_users"]).await.expect("ann")
}

/// Starts something as a user, and waits until it has ended or waits.
async fn run(platform: &TestPlatform, scope: &Arc<Scope>, start: impl Future<Output = Result<Instance>>) -> Json {
    let instance = Arc::clone(scope).run(start).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    show(platform, instance).await
}

async fn show(platform: &TestPlatform, instance: Instance) -> Json {
    let system = platform.system().await.expect("a scope");
    system.run(rule("process_show", json!({ "instance": instance.id }))).await.expect("an instance")
}

async fn rule(name: &str, arguments: Json) -> Result<Json> {
    engine::dispatch(format!("platform.rules.{name}"), arguments).await
}

/// The history as lines: place, what, state, tries.
fn history(instance: &Json) -> Vec<String> {
    let text = |entry: &Json, key: &str| entry[key].as_str().expect("a text").to_owned();
    let line = |entry: &Json| {
        let name = text(entry, "name").replace("probe.steps.", "").replace("probe.processes.", "");
        format!(
            "{} {} {name} {} {}",
            text(entry, "place"),
            text(entry, "kind"),
            text(entry, "state"),
            entry["attempts"]
        )
    };
    instance["history"].as_array().expect("a list").iter().map(line).collect()
}

#[tokio::test]
async fn a_process_does_each_step_once_and_answers() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::journey("Bo".to_owned()).start()).await;
    assert_eq!(seen["state"], "completed", "{seen:#}");
    assert_eq!(seen["result"], "Bo first!, Bo left!, Bo right again!");
    assert_eq!(seen["name"], "Journey of Bo");
    assert_eq!(
        history(&seen),
        [
            "1 step mark completed 1",
            "2 step mark completed 1",
            "3.2.1 step mark completed 1",
            "3.2.2 step mark completed 1"
        ]
    );
    let mut names = names(&platform).await;
    assert_eq!(names.remove(0), "Bo first");
    names.sort();
    assert_eq!(names, ["Bo left", "Bo right", "Bo right again"]);
}

#[tokio::test]
async fn a_start_in_a_transaction_that_fails_is_none() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let failed = ann.run(transaction(async {
        processes::journey("Bo".to_owned()).start().await?;
        Err::<(), _>(AppOsError::execution("no"))
    }));
    failed.await.expect_err("the transaction fails");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_key_starts_a_process_once() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let start = |name: &str| {
        let call = processes::nap(name.to_owned(), 1).key("order 7");
        Arc::clone(&ann).run(call.start())
    };
    let (first, second) = (start("Bo").await.expect("it starts"), start("Bo").await.expect("it is there"));
    assert_eq!(first, second);
    let error = start("Cy").await.expect_err("another name");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Validation, "key_reused"));
    let of_schedule = processes::nap("Bo".to_owned(), 1).key("schedule:2030-01-01T00:00:00Z").start();
    let error = Arc::clone(&ann).run(of_schedule).await.expect_err("a key of a schedule");
    assert_eq!(error.code(), "invalid_key");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, ["Bo sleeps"]);
}

#[tokio::test]
async fn a_call_by_reference_starts_a_process_as_the_typed_one_does() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let arguments = json!({ "name": "Bo" });
    let started = Arc::clone(&ann).run(engine::dispatch("probe.processes.journey", arguments)).await;
    let instance = started.expect("it starts")["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, Instance { id: instance }).await;
    assert_eq!((&seen["state"], &seen["name"]), (&json!("completed"), &json!("Journey of Bo")), "{seen:#}");
    assert_eq!(seen["arguments"], json!({ "name": "Bo" }));
}

#[tokio::test]
async fn a_start_by_reference_is_refused_with_all_that_does_not_fit() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let start = |arguments: Json| Arc::clone(&ann).run(engine::dispatch("probe.processes.nap", arguments));
    let error = start(json!({ "seconds": "many", "hours": 1 })).await.expect_err("three mistakes");
    assert_eq!(error.kind(), ErrorKind::Validation);
    let mut wrong: Vec<_> = error.fields().iter().map(|field| (field.field.as_str(), &*field.code)).collect();
    wrong.sort_unstable();
    assert_eq!(wrong, [("hours", "unknown_argument"), ("name", "required"), ("seconds", "wrong_type")]);
    assert!(error.execution_id().is_some(), "it is in the log");
    let eve = platform.user("eve", &["finance"]).await.expect("eve");
    assert_denied!(eve.run(engine::dispatch("probe.processes.nap", json!({}))).await);
    let later = Arc::clone(&ann).run(engine::enqueue("probe.processes.nap", json!({ "name": "Bo", "seconds": 1 })));
    assert_eq!(later.await.expect_err("it would be started at least once").code(), "not_callable");
    let error = ann.run(engine::dispatch("probe.steps.mark", json!({ "name": "Bo" }))).await.expect_err("a step");
    assert_eq!(error.code(), "not_callable");
    let listed = platform.system().await.expect("a scope").run(rule("process_list", json!({}))).await;
    assert_eq!(listed.expect("a list"), json!([]), "nothing was started");
}

#[tokio::test]
async fn a_list_tells_what_each_waits_for_and_of_which_app() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    run(&platform, &ann, processes::meeting("Bo".to_owned(), None).start()).await;
    let list = |wanted: Json| Arc::clone(&ann).run(rule("process_list", json!({ "wanted": wanted })));
    let listed = list(json!({ "app": "probe", "state": "running" })).await.expect("a list");
    let waits = json!([{ "place": "1", "kind": "signal", "name": "arrived", "state": "waiting", "due_at": null }]);
    assert_eq!(listed[0]["waits"], waits, "{listed:#}");
    assert_eq!(list(json!({ "app": "crm" })).await.expect("a list"), json!([]));
    assert_eq!(list(json!({ "state": "lost" })).await.expect_err("no state").fields()[0].field, "state");
}

#[tokio::test]
async fn a_wait_lasts_as_long_as_it_was_said_and_no_step_is_done_again_after_it() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::nap("Bo".to_owned(), 7 * 24 * 3600).start()).await;
    assert_eq!((&seen["state"], &seen["worker"]), (&json!("running"), &json!(null)));
    platform.advance(Duration::from_mins(7 * 24 * 60 - 1));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, ["Bo sleeps"]);
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, ["Bo sleeps", "Bo wakes"]);
}

#[tokio::test]
async fn a_process_waits_until_it_is_told_and_no_longer_than_it_said() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = Arc::clone(&ann).run(processes::meeting("Bo".to_owned(), None).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, Vec::<String>::new());
    Arc::clone(&ann).run(instance.signal("other", 1)).await.expect("it is told");
    Arc::clone(&ann).run(instance.signal("arrived", 42)).await.expect("it is told");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, ["Bo has met 42"]);
    let error = Arc::clone(&ann).run(instance.signal("arrived", 1)).await.expect_err("it has ended");
    assert_eq!(error.code(), "instance_ended");

    let seen = run(&platform, &ann, processes::meeting("Cy".to_owned(), Some(3600)).start()).await;
    assert_eq!(seen["state"], "running");
    platform.advance(Duration::from_secs(3601));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, ["Bo has met 42", "Cy has met 0"]);
}

#[tokio::test]
async fn a_process_can_be_part_of_another() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::tour("Bo".to_owned(), 1).start()).await;
    assert_eq!(history(&seen), ["1 child nap waiting 0"]);
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    let system = platform.system().await.expect("a scope");
    let listed = system.run(rule("process_list", json!({}))).await.expect("a list");
    let states: Vec<_> = listed.as_array().expect("a list").iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["completed", "completed", "completed"], "{listed:#}");
    let wanted = ["Bo before sleeps", "Bo before wakes", "Bo begins", "Bo tries", "Bo tries", "Bo ends", "Bo after"];
    assert_eq!(names(&platform).await, wanted);
}

#[tokio::test]
async fn others_that_are_started_run_by_themselves_and_once() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::departures("Bo".to_owned()).start()).await;
    assert_eq!(seen["state"], "completed", "{seen:#}");
    assert_eq!(seen["result"].as_array().map(Vec::len), Some(2));
    let mut names = names(&platform).await;
    names.sort();
    let wanted = ["Bo card", "Bo gone", "Bo other first", "Bo other left", "Bo other right", "Bo other right again"];
    assert_eq!(names, wanted);
}

#[tokio::test]
async fn variables_are_the_same_after_a_wait_and_what_is_not_for_everyone_is_not_shown() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::luggage("Bo".to_owned()).start()).await;
    let variables = json!([
        { "name": "code", "visibility": "sensitive", "value": "[redacted]" },
        { "name": "name", "visibility": "logged", "value": "Bo" },
        { "name": "packed", "visibility": "logged", "value": 1 },
        { "name": "passport", "visibility": "hidden", "value": "[redacted]" },
    ]);
    assert_eq!(seen["variables"], variables);
    assert!(!seen.to_string().contains("4711") && !seen.to_string().contains("X123"), "{seen:#}");
    platform.advance(Duration::from_secs(24 * 3600 + 1));
    platform.processes_idle().await.expect("an answer");
    let id = seen["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let seen = show(&platform, Instance { id }).await;
    assert_eq!(seen["result"], json!(["Bo 4711", true, 1]), "{seen:#}");
    assert_eq!(seen["variables"][2]["value"], 2);
}
