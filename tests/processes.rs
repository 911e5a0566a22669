//! Processes: what was started runs to its end, each step once, whatever it waits for and whoever runs it.

mod support;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use appos::assert_denied;
use appos::prelude::process::Instance;
use appos::prelude::{Record, RecordQuery, engine, transaction};
use appos::testing::{Journal, PlatformConfig, Scope, TestPlatform};
use appos::{AppOsError, ErrorKind, Result};
use probe::processes;
use probe::processes::CHANGED;
use probe::records::Thing;
use serde_json::{Value as Json, json};
use support::{database, platform};

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
async fn whoever_may_not_use_a_process_starts_none() {
    let platform = platform().await;
    let stranger = platform.user("eve", &["finance"]).await.expect("eve");
    assert_denied!(stranger.run(processes::journey("Eve".to_owned()).start()).await);
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, Vec::<String>::new());
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
async fn what_is_not_for_everyone_is_not_shown_of_a_start_by_reference() {
    let platform = platform().await;
    let fin = platform.user("fin", &["finance"]).await.expect("fin");
    let arguments = json!({ "name": "Bo", "number": 7, "api_key": "4711-secret" });
    fin.run(engine::dispatch("probe.processes.deliver", arguments)).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    let system = platform.system().await.expect("a scope");
    let listed = Arc::clone(&system).run(rule("process_list", json!({}))).await.expect("a list");
    let seen = system.run(rule("process_show", json!({ "instance": listed[0]["id"] }))).await.expect("an instance");
    assert_eq!(seen["arguments"], json!({ "name": "Bo", "number": 7, "api_key": "[redacted]" }));
    assert!(!seen.to_string().contains("4711-secret"), "{seen:#}");
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
async fn a_step_that_fails_is_tried_again_and_what_was_done_is_undone_when_that_does_not_help() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::climb("Bo".to_owned(), 2).start()).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!(3)), "{seen:#}");
    assert_eq!(history(&seen)[2], "3 step shaky completed 3");

    let seen = run(&platform, &ann, processes::climb("Cy".to_owned(), 99).start()).await;
    assert_eq!(seen["state"], "failed", "{seen:#}");
    assert_eq!(seen["error"]["message"], "the rope has torn");
    assert!(seen["error"]["execution_id"].is_string(), "{seen:#}");
    assert_eq!(
        history(&seen),
        [
            "1 step set_up completed 1",
            "2 step set_up completed 1",
            "3 step shaky failed 4",
            "~2 compensation take_down completed 1",
            "~1 compensation take_down completed 1",
        ]
    );
    let names = names(&platform).await;
    let of_cy: Vec<_> = names.iter().filter(|name| name.starts_with("Cy camp")).collect();
    assert_eq!(of_cy, ["Cy camp 1", "Cy camp 2", "Cy camp 2 down", "Cy camp 1 down"]);
    assert_eq!(names.iter().filter(|name| *name == "Cy tries").count(), 4);
}

#[tokio::test]
async fn a_failure_can_be_passed_over_and_a_step_left_out() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::stroll("Bo".to_owned(), false).start()).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!([null, null])), "{seen:#}");
    assert_eq!(history(&seen), ["1 step shaky failed 2", "2 step mark skipped 0"]);
    let seen = run(&platform, &ann, processes::stroll("Cy".to_owned(), true).start()).await;
    assert_eq!(seen["result"], json!([null, "Cy far!"]));
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
async fn what_tells_an_instance_needs_the_right_to_use_its_process() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = ann.run(processes::meeting("Bo".to_owned(), None).start()).await.expect("it starts");
    let eve = platform.user("eve", &["finance"]).await.expect("eve");
    for asked in ["signal", "cancel", "show", "retry"] {
        let mut arguments = json!({ "instance": instance.id });
        if asked == "signal" {
            arguments["name"] = json!("arrived");
        }
        let error = Arc::clone(&eve).run(rule(&format!("process_{asked}"), arguments)).await.expect_err("a refusal");
        assert_eq!(error.code(), "unknown_instance", "{asked}");
    }
    let listed = eve.run(rule("process_list", json!({}))).await.expect("a list");
    assert_eq!(listed, json!([]));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, Vec::<String>::new());
}

#[tokio::test]
async fn who_has_started_an_instance_sees_it_and_so_does_who_may_view_the_process() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let bob = platform.user("bob", &["probe_users"]).await.expect("bob");
    let fin = platform.user("fin", &["finance"]).await.expect("fin");
    let instance = Arc::clone(&ann).run(processes::journey("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    for (who, sees) in [(&ann, true), (&bob, false), (&fin, true)] {
        let shown = Arc::clone(who).run(rule("process_show", json!({ "instance": instance.id }))).await;
        assert_eq!(shown.is_ok(), sees, "{}", who.user.name);
        let listed = Arc::clone(who).run(rule("process_list", json!({}))).await.expect("a list");
        assert_eq!(listed.as_array().map_or(0, Vec::len), usize::from(sees), "{}", who.user.name);
    }
    let own = fin.run(rule("process_list", json!({ "wanted": { "own": true } }))).await.expect("a list");
    assert_eq!(own, json!([]));
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
async fn what_has_failed_goes_on_from_there_when_it_is_retried() {
    let platform = platform().await;
    let (ann, adm) = (ann(&platform).await, platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm"));
    let instance = Arc::clone(&ann).run(processes::walk("Bo".to_owned(), 5).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "failed");
    assert_denied!(ann.run(instance.retry()).await);
    Arc::clone(&adm).run(instance.retry()).await.expect("it goes on");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, instance).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!(6)), "{seen:#}");
    assert_eq!(names(&platform).await.iter().filter(|name| *name == "Bo begins").count(), 1);
    let error = adm.run(instance.retry()).await.expect_err("it has not failed");
    assert_eq!(error.code(), "not_failed");
}

#[tokio::test]
async fn a_retry_reaches_the_part_that_has_failed() {
    let platform = platform().await;
    let adm = platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm");
    let instance = Arc::clone(&adm).run(processes::tour("Bo".to_owned(), 5).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "failed");
    adm.run(instance.retry()).await.expect("it goes on");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, instance).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!(6)), "{seen:#}");
    assert_eq!(names(&platform).await.iter().filter(|name| *name == "Bo before wakes").count(), 1);
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

#[tokio::test]
async fn the_body_of_a_process_reaches_nothing_but_by_its_steps() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::trespass().start()).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("failed"), &json!("outside_step")), "{seen:#}");
}

#[tokio::test]
async fn what_is_cancelled_ends_and_is_undone() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = Arc::clone(&ann).run(processes::marathon("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    ann.run(instance.cancel()).await.expect("it is cancelled");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, instance).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("cancelled"), &json!("cancelled")), "{seen:#}");
    assert_eq!(names(&platform).await, ["Bo start", "Bo start down"]);
}

#[tokio::test]
async fn a_process_that_is_cancelled_takes_its_parts_along() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = Arc::clone(&ann).run(processes::tour("Bo".to_owned(), 0).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    ann.run(instance.cancel()).await.expect("it is cancelled");
    platform.processes_idle().await.expect("an answer");
    let system = platform.system().await.expect("a scope");
    let listed = system.run(rule("process_list", json!({}))).await.expect("a list");
    let states: Vec<_> = listed.as_array().expect("a list").iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["cancelled", "cancelled"], "{listed:#}");
}

#[tokio::test]
async fn a_deadline_ends_a_process_and_what_it_did_is_undone() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::marathon("Bo".to_owned()).start()).await;
    assert_eq!(seen["state"], "running");
    platform.advance(Duration::from_secs(3601));
    platform.processes_idle().await.expect("an answer");
    let id = seen["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let seen = show(&platform, Instance { id }).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("failed"), &json!("deadline")), "{seen:#}");
    assert_eq!(names(&platform).await, ["Bo start", "Bo start down"]);
}

#[tokio::test]
async fn of_branches_that_give_up_together_the_first_failure_is_the_answer() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::relay("Bo".to_owned()).start()).await;
    assert_eq!(
        (&seen["state"], &seen["error"]["message"]),
        (&json!("failed"), &json!("the rope has torn")),
        "{seen:#}"
    );
    assert_eq!(history(&seen), ["1 step shaky failed 1", "2 timer sleep cancelled 0"]);
}

#[tokio::test]
async fn who_has_lost_his_rights_by_then_does_not_go_on() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::nap("Bo".to_owned(), 60).start()).await;
    platform.user("ann", &[]).await.expect("ann");
    let system = platform.system().await.expect("a scope");
    system
        .run(async {
            use appos::prelude::platform::records::Membership;
            for membership in Membership::query().all().await.expect("memberships") {
                membership.delete().await.expect("it is gone");
            }
        })
        .await;
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    let id = seen["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let seen = show(&platform, Instance { id }).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("parked"), &json!("denied")), "{seen:#}");
    assert_eq!(names(&platform).await, ["Bo sleeps"]);
}

#[tokio::test]
async fn another_program_goes_on_where_one_has_died() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let mut config = PlatformConfig::default();
    config.database.url = url.as_str().into();
    config.process.lease = Duration::from_millis(300);
    config.process.poll = Duration::from_millis(50);
    let first = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&first).await;
    let instance = Arc::clone(&ann).run(processes::nap("Bo".to_owned(), 1).start()).await.expect("it starts");
    first.processes_idle().await.expect("an answer");
    let waiting = Arc::clone(&ann).run(processes::journey("Cy".to_owned()).start()).await.expect("it starts");
    drop(first);
    let second = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    second.advance(Duration::from_secs(2));
    second.processes_idle().await.expect("an answer");
    for instance in [instance, waiting] {
        let seen = show(&second, instance).await;
        assert_eq!(seen["state"], "completed", "{seen:#}");
    }
    assert_eq!(names(&second).await.iter().filter(|name| *name == "Bo wakes").count(), 1);
}

#[tokio::test]
async fn code_that_does_not_fit_the_history_puts_an_instance_aside_and_does_nothing() {
    let platform = platform().await;
    let (ann, adm) = (ann(&platform).await, platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm"));
    let instance = Arc::clone(&ann).run(processes::detour("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    for (changed, says) in [
        (1, "at 1 stands step `probe.steps.mark`, and the code comes by step `probe.steps.pack`"),
        (2, "at 1 stands step `probe.steps.mark`, and the code comes by timer `sleep`"),
    ] {
        CHANGED.store(changed, Ordering::Relaxed);
        if changed == 1 {
            platform.advance(Duration::from_secs(3601));
        } else {
            Arc::clone(&adm).run(instance.resume()).await.expect("it goes on");
        }
        platform.processes_idle().await.expect("an answer");
        let seen = show(&platform, instance).await;
        assert_eq!(
            (&seen["state"], &seen["error"]["code"]),
            (&json!("parked"), &json!("history_mismatch")),
            "{seen:#}"
        );
        assert!(seen["error"]["message"].as_str().expect("a text").contains(says), "{seen:#}");
        assert_eq!(names(&platform).await, ["Bo begins"]);
    }
    CHANGED.store(0, Ordering::Relaxed);
    assert_denied!(ann.run(instance.resume()).await);
    adm.run(instance.resume()).await.expect("it goes on");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "completed");
    assert_eq!(names(&platform).await, ["Bo begins", "Bo ends"]);
}

#[tokio::test]
async fn an_instance_ends_with_the_body_with_which_it_began() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let old = Arc::clone(&ann).run(processes::route("Bo".to_owned()).after(Duration::from_mins(1)).start()).await;
    let old = old.expect("it starts");
    platform.set_version(old, 1).await.expect("an earlier one");
    let unknown = Arc::clone(&ann).run(processes::route("Di".to_owned()).after(Duration::from_mins(1)).start()).await;
    let unknown = unknown.expect("it starts");
    platform.set_version(unknown, 7).await.expect("another one");
    Arc::clone(&ann).run(processes::route("Cy".to_owned()).start()).await.expect("it starts");
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    platform.advance(Duration::from_secs(3601));
    platform.processes_idle().await.expect("an answer");
    let names = names(&platform).await;
    let of = |name: &str| names.iter().filter(|one| one.starts_with(name)).cloned().collect::<Vec<_>>();
    assert_eq!(of("Bo"), ["Bo begins", "Bo ends as it began"]);
    assert_eq!(of("Cy"), ["Cy begins", "Cy stops", "Cy ends"]);
    assert_eq!(of("Di"), Vec::<String>::new());
    assert_eq!(show(&platform, unknown).await["error"]["code"], "unknown_version");
    let error = ann.run(processes::route_1("Ed".to_owned()).start()).await.expect_err("nobody starts it");
    assert_eq!(error.code(), "earlier_version");
}

#[tokio::test]
async fn of_many_instances_each_step_is_done_once_whoever_of_two_programs_runs_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = PlatformConfig::default();
    config.database.url = database(folder.path()).as_str().into();
    config.process.poll = Duration::from_millis(20);
    let one = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let other = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&one).await;
    for number in 0..40 {
        Arc::clone(&ann).run(processes::journey(format!("Bo {number}")).start()).await.expect("it starts");
    }
    one.processes_idle().await.expect("an answer");
    let mut names = names(&other).await;
    assert_eq!(names.len(), 160);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 160);
}
