//! Every call is authorized, limited and recorded, however it is made and however it ends.

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use appos::ErrorKind;
use appos::prelude::engine;
use appos::testing::{Journal, JournalSettings, PlatformConfig, TestPlatform};
use probe::rules;
use serde_json::{Value as Json, json};
use support::{line_of, lines, platform};

#[tokio::test]
async fn a_typed_call_answers_what_the_body_answers() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    assert_eq!(ann.run(rules_add(2, 3)).await.unwrap(), 5);
    let ann = platform.user("ann", &[]).await.unwrap();
    assert_eq!(ann.run(async { rules::add_twice(2, 3).await }).await.unwrap(), 8);
}

async fn rules_add(left: i64, right: i64) -> appos::Result<i64> {
    rules::add(left, right).await
}

#[tokio::test]
async fn a_call_outside_any_execution_is_refused() {
    let error = rules::open_to_all().await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Dispatch, "no_context"));
}

#[tokio::test]
async fn a_call_without_permission_is_refused_and_the_error_names_the_object() {
    let platform = platform().await;
    let outsider = platform.user("olga", &[]).await.unwrap();
    let error = outsider.run(async { rules::add(1, 1).await }).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Security, "denied"));
    assert_eq!(error.object_ref(), Some("probe.rules.add"));
    assert_eq!(error.object_type(), Some("rule"));
    assert!(error.execution_id().is_some());
}

#[tokio::test]
async fn a_rule_calls_with_the_rights_of_its_caller() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let error = ann.run(async { rules::calls_admins_only().await }).await.unwrap_err();
    assert_eq!(error.object_ref(), Some("probe.rules.admins_only"));
    assert_eq!(error.chain(), ["probe.rules.admins_only", "probe.rules.calls_admins_only"]);
    let both = platform.user("bob", &["probe_users", "probe_admins"]).await.unwrap();
    assert!(both.run(async { rules::calls_admins_only().await }).await.unwrap());
}

#[tokio::test]
async fn the_public_account_reaches_only_what_is_public() {
    let platform = platform().await;
    let public = platform.public().await.unwrap();
    assert!(public.run(async { rules::open_to_all().await }).await.unwrap());
    let public = platform.public().await.unwrap();
    assert_eq!(public.run(async { rules::add(1, 1).await }).await.unwrap_err().kind(), ErrorKind::Security);
}

#[tokio::test]
async fn a_panic_becomes_an_error_and_harms_nothing_else() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let error = rules::panics("oh no".to_owned()).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Execution, "panicked"));
        assert_eq!(rules::add(1, 1).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_call_ends_at_its_own_time_limit() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let started = Instant::now();
    let error = ann.run(async { rules::slow().await }).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Timeout, "timeout"));
    assert!(started.elapsed() < Duration::from_secs(30), "the body would have slept a minute");
}

#[tokio::test]
async fn a_time_limit_holds_in_a_spawned_task_too() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let error = ann.run(async { rules::spawns_slow().await }).await.unwrap_err();
    assert_eq!(error.object_ref(), Some("probe.rules.slow"));
}

#[tokio::test]
async fn cancelling_a_scope_ends_its_calls() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let canceller = std::sync::Arc::clone(&ann);
    let call = tokio::spawn(ann.run(async { rules::sleeps(60_000).await }));
    tokio::time::sleep(Duration::from_millis(20)).await;
    canceller.cancel();
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.code(), "cancelled");
    let error = canceller.run(async { rules::add(1, 1).await }).await.unwrap_err();
    assert_eq!(error.code(), "cancelled", "nothing begins in a cancelled scope");
}

#[tokio::test]
async fn calls_nest_only_so_deep() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        assert_eq!(rules::deeper(20).await.unwrap(), 20);
        let error = rules::deeper(1_000).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Dispatch, "too_deep"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_context_follows_into_spawned_and_joined_work() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let root = ann.root_id().to_string();
    let answers = ann.run(async { rules::spawns().await }).await.unwrap();
    assert_eq!(answers.len(), 4);
    for answer in &answers {
        assert_eq!((&answer["name"], &answer["app"]), (&json!("ann"), &json!("probe")));
        assert_eq!(answer["parent_id"], root, "each call is a child of the rule that made it");
    }
    let ids: std::collections::HashSet<_> = answers.iter().map(|answer| answer["execution_id"].to_string()).collect();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn a_call_by_reference_takes_the_same_path() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let sum = engine::dispatch("probe.rules.add", json!({ "left": 2, "right": 3 })).await.unwrap();
        assert_eq!(sum, json!(5));
        assert_eq!(rules::through_a_constant().await.unwrap(), json!(42));
    })
    .await;
    let outsider = platform.user("olga", &[]).await.unwrap();
    let error =
        outsider.run(async { engine::dispatch("probe.rules.add", json!({ "wrong": true })).await }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Security, "a refusal says nothing of the parameters");
    assert!(error.fields().is_empty());
}

#[tokio::test]
async fn arguments_by_reference_are_checked_all_at_once() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let error = engine::dispatch("probe.rules.add", json!({ "left": "two", "up": 1 })).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
        let mut wrong: Vec<_> = error.fields().iter().map(|field| (field.field.as_str(), &*field.code)).collect();
        wrong.sort_unstable();
        assert_eq!(wrong, [("left", "wrong_type"), ("right", "required"), ("up", "unknown_argument")]);
        assert!(error.execution_id().is_some(), "a call that did not fit is recorded, too");
        let error = engine::dispatch("probe.rules.ad", json!({})).await.unwrap_err();
        assert_eq!(error.code(), "unknown_object");
        assert!(error.message().contains("probe.rules.add"), "{error}");
        let error = engine::dispatch("probe.records.thing", json!({})).await.unwrap_err();
        assert_eq!(error.code(), "not_callable");
    })
    .await;
}

#[tokio::test]
async fn a_kept_answer_is_the_callers_own() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let (first, second, other) = ann
        .run(async {
            let first = rules::now_cached(1).await.unwrap();
            (first, rules::now_cached(1).await.unwrap(), rules::now_cached(2).await.unwrap())
        })
        .await;
    assert_eq!(first, second);
    assert_ne!(first, other);
    let bob = platform.user("bob", &["probe_users"]).await.unwrap();
    assert_ne!(bob.run(async { rules::now_cached(1).await }).await.unwrap(), first);
}

#[tokio::test]
async fn every_execution_is_recorded_with_its_place_in_the_tree() {
    let folder = tempfile::tempdir().unwrap();
    let platform = TestPlatform::recording(folder.path()).await.unwrap();
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let root = ann.root_id().to_string();
    ann.run(async {
        assert_eq!(rules::add_twice(2, 3).await.unwrap(), 8);
        rules::fails().await.unwrap_err();
        rules::panics("boom".to_owned()).await.unwrap_err();
        rules::admins_only().await.unwrap_err();
        rules::takes_a_secret("hunter2hunter2".to_owned(), "4711".to_owned(), "ann".to_owned()).await.unwrap();
    })
    .await;
    platform.flush_journal();
    let all = lines(folder.path(), "rule", "execution");
    let outer = line_of(&all, &root);
    assert_eq!(outer["object_ref"], "probe.rules.add_twice");
    assert_eq!((&outer["outcome"], &outer["user"], &outer["app"]), (&json!("ok"), &json!("ann"), &json!("probe")));
    assert_eq!(outer["arguments"], json!({ "left": 2, "right": 3 }));
    assert_eq!(outer["result"], json!(8));
    let children: Vec<&Json> = all.iter().filter(|line| line["parent_id"] == root).collect();
    assert_eq!(children.len(), 2);
    assert!(children.iter().all(|line| line["object_ref"] == "probe.rules.add" && line["root_id"] == root));
    let outcome = |name: &str| {
        let line = all.iter().find(|line| line["object_ref"] == format!("probe.rules.{name}"));
        line.unwrap()["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(outcome("fails"), "failed");
    assert_eq!(outcome("panics"), "panicked");
    assert_eq!(outcome("admins_only"), "denied");
    let denied = lines(folder.path(), "rule", "security");
    assert_eq!(denied.len(), 1);
    assert_eq!((&denied[0]["action"], &denied[0]["permission"]), (&json!("denied"), &json!("use")));
    let performance = lines(folder.path(), "rule", "performance");
    assert_eq!(performance.len(), all.len());
    let text = std::fs::read_dir(folder.path().join("logs/rule/execution"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect::<String>();
    assert!(!text.contains("hunter2") && !text.contains("4711"), "secrets have no place in a log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_refusals_leave_a_hundred_thousand_lines_whatever_the_queue_holds() {
    const CALLERS: usize = 8;
    const EACH: usize = 12_500;
    let folder = tempfile::tempdir().unwrap();
    let settings = JournalSettings { queue: 16, ..JournalSettings::default() };
    let journal = Journal::start(folder.path(), &settings).unwrap();
    let platform = TestPlatform::with(PlatformConfig::default(), journal).await.unwrap();
    let outsider = platform.user("olga", &[]).await.unwrap();
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..CALLERS {
        callers.spawn(Arc::clone(&outsider).run(async {
            for _ in 0..EACH {
                assert_eq!(rules::add(1, 1).await.unwrap_err().code(), "denied");
            }
        }));
    }
    callers.join_all().await;
    platform.flush_journal();
    let lines = lines(folder.path(), "rule", "security");
    let executions: std::collections::HashSet<&str> =
        lines.iter().map(|line| line["execution_id"].as_str().unwrap()).collect();
    assert_eq!((lines.len(), executions.len()), (CALLERS * EACH, CALLERS * EACH));
    // Of executions some were lost, which is told.
    assert!(platform.engine().journal().lost() > 0);
}

#[tokio::test]
async fn a_call_that_is_dropped_is_recorded_as_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let platform = TestPlatform::recording(folder.path()).await.unwrap();
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let root = ann.root_id().to_string();
    let call = tokio::spawn(ann.run(async { rules::sleeps(60_000).await }));
    tokio::time::sleep(Duration::from_millis(20)).await;
    call.abort();
    call.await.unwrap_err();
    platform.flush_journal();
    assert_eq!(line_of(&lines(folder.path(), "rule", "execution"), &root)["outcome"], "cancelled");
}

#[tokio::test]
async fn calls_are_counted_and_their_edges_are_known() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        rules::add_twice(1, 1).await.unwrap();
        rules::fails().await.unwrap_err();
        rules::admins_only().await.unwrap_err();
    })
    .await;
    let engine = platform.engine();
    let metrics = |name: &str| engine.metrics(&format!("probe.rules.{name}")).unwrap();
    assert_eq!((metrics("add").calls, metrics("add").errors), (2, 0));
    assert_eq!((metrics("fails").calls, metrics("fails").errors), (1, 1));
    assert_eq!((metrics("admins_only").calls, metrics("admins_only").denied), (1, 1));
    assert!(metrics("add").latency.p99_ns >= metrics("add").latency.p50_ns);
    assert_eq!(engine.observed_dependencies("probe.rules.add_twice"), ["probe.rules.add"]);
    assert!(engine.observed_dependencies("probe.rules.add").is_empty());
}

#[tokio::test]
async fn a_constant_has_its_environments_value() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        assert_eq!(probe::constants::rate().await.unwrap().to_string(), "0.05");
        assert_eq!(probe::constants::greeting().await.unwrap(), "hello");
    })
    .await;
    assert!(platform.public().await.unwrap().run(async { probe::constants::rate().await }).await.is_err());
}
