//! The outbox: what was enqueued is called if and only if its transaction is committed, until it
//! succeeds, with the rights of whoever enqueued it.

mod support;

use std::sync::Arc;
use std::time::Duration;

use appos::ErrorKind;
use appos::prelude::{ObjectRef, Record, RecordQuery, engine, platform::records::User};
use appos::testing::{Journal, JournalSettings, PlatformConfig, Scope, TestPlatform};
use probe::records::{Basket, Thing};
use probe::rules;
use serde_json::{Value as Json, json};
use support::{database, line_of, lines, platform};

/// A platform whose waits are short.
async fn quick(url: &str, change: impl FnOnce(&mut PlatformConfig)) -> TestPlatform {
    quick_with(url, Journal::disabled(), change).await
}

async fn quick_with(url: &str, journal: Journal, change: impl FnOnce(&mut PlatformConfig)) -> TestPlatform {
    let mut config = PlatformConfig::default();
    config.database.url = url.into();
    config.outbox.backoff = Duration::from_millis(5);
    config.outbox.poll = Duration::from_millis(50);
    config.outbox.max_attempts = 3;
    change(&mut config);
    TestPlatform::of(&config, journal).await.expect("the platform starts")
}

/// One that enqueues and leaves the delivering to others.
async fn silent(url: &str) -> TestPlatform {
    quick(url, |config| config.outbox.concurrency = 0).await
}

async fn things(scope: Arc<Scope>) -> Vec<Thing> {
    scope.run(async { Thing::query().order_by(|c| c.id.asc()).all().await.expect("an answer") }).await
}

async fn names(platform: &TestPlatform) -> Vec<String> {
    things(platform.system().await.expect("a scope")).await.into_iter().map(|thing| thing.name).collect()
}

async fn parked(platform: &TestPlatform) -> Vec<Json> {
    let system = platform.system().await.expect("a scope");
    let parked = system.run(engine::dispatch("platform.rules.outbox_parked", json!({}))).await.expect("an answer");
    parked.as_array().expect("a list").clone()
}

fn thing(name: &str, number: i32) -> Json {
    json!({ "name": name, "number": number })
}

fn deliver() -> ObjectRef {
    ObjectRef::of::<rules::deliver_thing>()
}

#[tokio::test]
async fn what_was_enqueued_is_called_after_the_commit_as_whoever_enqueued_it() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings::default()).unwrap();
    let platform = quick_with(&database(folder.path()), journal, |_| {}).await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let root = ann.root_id().to_string();
    Arc::clone(&ann).run(async { rules::thing_and_delivery("a".to_owned(), rules::End::Well).await }).await.unwrap();
    platform.outbox_idle().await.unwrap();
    let made = things(ann).await;
    assert_eq!(made.iter().map(|thing| &*thing.name).collect::<Vec<_>>(), ["a itself", "a"]);
    let extra = made[1].extra.clone().unwrap();
    assert_eq!((&extra["attempt"], &extra["user"]), (&json!(1), &json!("ann")));
    platform.flush_journal();
    let lines = lines(folder.path(), "rule", "execution");
    let delivered = |operation: &str| {
        let of_it = |line: &&Json| line["object_ref"] == "probe.rules.deliver_thing" && line["operation"] == operation;
        lines.iter().find(of_it).unwrap_or_else(|| panic!("no {operation} in {lines:#?}"))
    };
    let asked = line_of(&lines, &root);
    assert_eq!(asked["object_ref"], "probe.rules.thing_and_delivery");
    for line in [delivered("enqueue"), delivered("call")] {
        assert_eq!((&line["parent_id"], &line["root_id"]), (&json!(root), &json!(root)), "{line}");
    }
}

#[tokio::test]
async fn without_a_transaction_it_is_called_too_and_the_delivery_is_known_by_its_id() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let id = Arc::clone(&ann).run(engine::enqueue(deliver(), thing("a", 1))).await.unwrap();
    platform.outbox_idle().await.unwrap();
    let made = things(ann).await;
    assert_eq!(made[0].extra.as_ref().unwrap()["delivery"], json!(id));
}

#[tokio::test]
async fn what_a_transaction_enqueued_that_was_given_up_is_never_called() {
    let platform = platform().await;
    for (end, code) in [(rules::End::Error, "failed"), (rules::End::Panic, "panicked"), (rules::End::Late, "timeout")] {
        let ann = platform.user("ann", &["probe_users"]).await.unwrap();
        let error = ann.run(async move { rules::thing_and_delivery("a".to_owned(), end).await }).await.unwrap_err();
        assert_eq!(error.code(), code);
        platform.outbox_idle().await.unwrap();
        assert!(names(&platform).await.is_empty(), "{end:?}");
    }
}

#[tokio::test]
async fn a_part_of_a_transaction_that_is_given_up_takes_what_it_wrote_and_enqueued_with_it() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    Arc::clone(&ann).run(async { rules::parts_given_up().await }).await.unwrap();
    platform.outbox_idle().await.unwrap();
    assert_eq!(names(&platform).await, ["kept itself", "kept"]);
    assert_eq!(ann.run(async { Basket::count().await.unwrap() }).await, 0);
}

#[tokio::test]
async fn what_a_program_left_behind_is_called_by_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let first = silent(&url).await;
    let ann = first.user("ann", &["probe_users"]).await.unwrap();
    ann.run(engine::enqueue(deliver(), thing("a", 1))).await.unwrap();
    drop(first);
    let second = quick(&url, |_| {}).await;
    second.outbox_idle().await.unwrap();
    assert_eq!(names(&second).await, ["a"]);
}

#[tokio::test]
async fn a_call_whose_program_died_half_way_is_made_again_under_the_same_id() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let short = |config: &mut PlatformConfig| {
        config.engine.timeout = Duration::from_millis(500);
        config.outbox.grace = Duration::from_millis(1);
    };
    let first = quick(&url, short).await;
    let ann = first.user("ann", &["probe_users"]).await.unwrap();
    ann.run(engine::enqueue("probe.rules.hang_at_first", json!({ "name": "a" }))).await.unwrap();
    while names(&first).await.is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(first);
    let second = quick(&url, short).await;
    second.outbox_idle().await.unwrap();
    let made = things(second.system().await.unwrap()).await;
    let extras: Vec<_> = made.iter().map(|thing| thing.extra.clone().unwrap()).collect();
    assert_eq!(extras.iter().map(|extra| &extra["attempt"]).collect::<Vec<_>>(), [&json!(1), &json!(2)]);
    assert_eq!(extras[0]["delivery"], extras[1]["delivery"]);
}

#[tokio::test]
async fn a_call_that_fails_is_made_again_and_after_its_last_attempt_put_aside() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings::default()).unwrap();
    let platform = quick_with(&database(folder.path()), journal, |_| {}).await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let (good, bad) = Arc::clone(&ann)
        .run(async {
            let call = |attempt| {
                engine::enqueue("probe.rules.fail_before", json!({ "attempt": attempt, "password": "hunter2" }))
            };
            (call(3).await.unwrap(), call(5).await.unwrap())
        })
        .await;
    platform.outbox_idle().await.unwrap();
    assert_eq!(names(&platform).await, ["at last"], "the third attempt of {good} succeeds");
    let left = parked(&platform).await;
    assert_eq!((left.len(), &left[0]["id"], &left[0]["attempts"]), (1, &json!(bad), &json!(3)));
    assert_eq!((&left[0]["object"], &left[0]["user"]), (&json!("probe.rules.fail_before"), &json!(ann.user.id)));
    assert!(left[0]["error"].as_str().unwrap().starts_with("not yet (failed) in probe.rules.fail_before"), "{left:?}");

    platform.flush_journal();
    let text = std::fs::read_dir(folder.path().join("logs/rule/execution"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect::<String>();
    assert!(!text.contains("hunter2"), "a secret argument is in no line");
    let attempts = lines(folder.path(), "rule", "execution");
    let attempts =
        attempts.iter().filter(|line| line["object_ref"] == "probe.rules.fail_before" && line["operation"] == "call");
    assert_eq!(attempts.count(), 6, "each attempt is a line");
}

#[tokio::test]
async fn administrators_alone_try_again_or_give_up_what_was_put_aside() {
    let folder = tempfile::tempdir().unwrap();
    let platform = quick(&database(folder.path()), |config| config.outbox.max_attempts = 1).await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let ids = Arc::clone(&ann)
        .run(async {
            let arguments = json!({ "attempt": 2, "password": "x" });
            let one = engine::enqueue("probe.rules.fail_before", arguments.clone()).await.unwrap();
            [one, engine::enqueue("probe.rules.fail_before", arguments).await.unwrap()]
        })
        .await;
    platform.outbox_idle().await.unwrap();
    assert_eq!(parked(&platform).await.len(), 2);
    for (rule, arguments) in
        [("parked", json!({})), ("retry", json!({ "id": ids[0] })), ("discard", json!({ "id": ids[0] }))]
    {
        let rule = format!("platform.rules.outbox_{rule}");
        let refused = platform.scope_of(ann.user.id).await.unwrap().run(engine::dispatch(rule, arguments)).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Security);
    }
    let system = async |rule: &str, id: Json| {
        let rule = format!("platform.rules.outbox_{rule}");
        platform.system().await.unwrap().run(engine::dispatch(rule, json!({ "id": id }))).await
    };
    system("discard", json!(ids[0])).await.unwrap();
    assert_eq!(parked(&platform).await.len(), 1);
    system("retry", json!(ids[1])).await.unwrap();
    platform.outbox_idle().await.unwrap();
    assert_eq!(parked(&platform).await[0]["attempts"], 1, "it had its attempt again");
    for (rule, id) in [("retry", json!(ids[0])), ("discard", json!(ids[0])), ("retry", json!("x"))] {
        let error = system(rule, id).await.unwrap_err();
        assert_eq!((error.kind(), error.fields()[0].field.as_ref()), (ErrorKind::Validation, "id"));
    }
}

#[tokio::test]
async fn who_was_switched_off_or_lost_the_right_since_is_refused_and_the_call_put_aside() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let first = silent(&url).await;
    for name in ["ann", "bob", "cat"] {
        let scope = first.user(name, &["probe_users"]).await.unwrap();
        scope.run(engine::enqueue(deliver(), thing(name, 1))).await.unwrap();
    }
    let system = first.system().await.unwrap();
    system
        .run(async {
            use appos::prelude::platform::records::{Membership, UserPatch};
            let user =
                async |name: &str| User::query().email(format!("{name}@example.com")).first().await.unwrap().unwrap();
            user("ann").await.update(UserPatch { active: Some(false), ..UserPatch::default() }).await.unwrap();
            let bob = user("bob").await;
            for membership in Membership::query().user(bob.id).all().await.unwrap() {
                membership.delete().await.unwrap();
            }
        })
        .await;
    let second = quick(&url, |_| {}).await;
    second.outbox_idle().await.unwrap();
    assert_eq!(names(&second).await, ["cat"]);
    let left = parked(&second).await;
    assert_eq!(left.len(), 2);
    for refused in left {
        assert_eq!(refused["attempts"], 1, "patience gives nobody a right");
        assert!(refused["error"].as_str().unwrap().contains("no `use` permission"), "{refused}");
    }
}

#[tokio::test]
async fn what_cannot_be_called_is_refused_when_it_is_enqueued() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let ask = async |target: &str, arguments: Json| {
        platform
            .scope_of(ann.user.id)
            .await
            .unwrap()
            .run(engine::enqueue(target.to_owned(), arguments))
            .await
            .unwrap_err()
    };
    let rule = "probe.rules.deliver_thing";
    assert_eq!(ask("probe.rules.deliver_things", json!({})).await.code(), "unknown_object");
    let system = platform.system().await.unwrap();
    let record = system.run(engine::enqueue("probe.records.thing", json!({}))).await.unwrap_err();
    assert_eq!(record.code(), "not_callable");
    let error = ask(rule, json!({ "name": 1, "nomber": 1 })).await;
    assert_eq!(error.kind(), ErrorKind::Validation);
    let mut wrong: Vec<_> = error.fields().iter().map(|wrong| wrong.field.clone()).collect();
    wrong.sort();
    assert_eq!(wrong, ["name", "nomber", "number"]);
    assert_eq!(ask(rule, json!([])).await.kind(), ErrorKind::Validation);
    assert_eq!(ask(rule, thing(&"x".repeat(1 << 20), 1)).await.code(), "arguments_too_large");
    assert_eq!(ask("probe.rules.admins_only", json!({})).await.kind(), ErrorKind::Security);
    let outside = engine::enqueue(deliver(), thing("a", 1)).await.unwrap_err();
    assert_eq!(outside.code(), "no_context");
    platform.outbox_idle().await.unwrap();
    assert!(names(&platform).await.is_empty() && parked(&platform).await.is_empty());
}

#[tokio::test]
async fn several_programs_on_one_database_make_each_call_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let (one, two) = (quick(&url, |_| {}).await, quick(&url, |_| {}).await);
    let ann = one.user("ann", &["probe_users"]).await.unwrap();
    let there = two.scope_of(ann.user.id).await.unwrap();
    let (here, there) = tokio::join!(
        Arc::clone(&ann).run(async { rules::many_deliveries("one".to_owned(), 100).await }),
        there.run(async { rules::many_deliveries("two".to_owned(), 100).await }),
    );
    here.unwrap();
    there.unwrap();
    one.outbox_idle().await.unwrap();
    let made = things(ann).await;
    assert_eq!((made.len(), parked(&one).await.len()), (200, 0));
    assert!(made.iter().all(|thing| thing.extra.as_ref().unwrap()["attempt"] == 1));
}

#[tokio::test]
async fn a_thousand_calls_are_all_made() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    Arc::clone(&ann).run(async { rules::many_deliveries("x".to_owned(), 1000).await }).await.unwrap();
    platform.outbox_idle().await.unwrap();
    let mut numbers: Vec<_> = things(ann).await.iter().map(|thing| thing.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
}

#[tokio::test]
async fn one_at_a_time_calls_are_made_in_the_order_in_which_they_were_enqueued() {
    let folder = tempfile::tempdir().unwrap();
    let platform = quick(&database(folder.path()), |config| config.outbox.concurrency = 1).await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    Arc::clone(&ann).run(async { rules::many_deliveries("x".to_owned(), 30).await }).await.unwrap();
    platform.outbox_idle().await.unwrap();
    assert_eq!(things(ann).await.iter().map(|thing| thing.number).collect::<Vec<_>>(), (0..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_platform_that_stops_lets_its_deliveries_end_and_leaves_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let first = quick(&url, |config| config.outbox.concurrency = 1).await;
    let ann = first.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        for name in ["a", "b"] {
            engine::enqueue("probe.rules.deliver_slowly", json!({ "name": name })).await.unwrap();
        }
    })
    .await;
    while names(&first).await.is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    first.stop().await;
    let second = silent(&url).await;
    assert_eq!(names(&second).await, ["a", "a"], "what had begun came to its end, and no other began");
    let third = quick(&url, |_| {}).await;
    third.outbox_idle().await.unwrap();
    assert_eq!(names(&third).await, ["a", "a", "b", "b"]);
}
