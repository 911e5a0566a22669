//! Processes that start with rows of a record: once for each write that is committed, through the outbox.

mod support;

use std::sync::Arc;
use std::time::Duration;

use appos::codegen_support::ChoiceValue;
use appos::prelude::platform::records::{Group, Membership, NewGroup, NewMembership, NewUser, User, UserTypeChoice};
use appos::prelude::{Record, RecordQuery, engine, transaction};
use appos::registry::{Manifest, Registry};
use appos::testing::{Journal, PlatformConfig, Scope, TestPlatform};
use appos::{AppOsError, Result, assert_denied};
use probe::records::{NewVisit, Thing, Visit, VisitPatch};
use serde_json::{Value as Json, json};
use support::{database, lines, platform, sql};

async fn ann(platform: &TestPlatform) -> Arc<Scope> {
    platform.user("ann", &["probe_users"]).await.expect("ann")
}

fn labelled(label: &str) -> NewVisit {
    NewVisit { label: label.to_owned() }
}

/// The account as which visits are followed.
async fn make_account(platform: &TestPlatform) {
    let made = async {
        let user = NewUser {
            email: "clock@example.com".to_owned(),
            name: "clock".to_owned(),
            user_type: UserTypeChoice::from_name("service_account").expect("a type"),
            active: true,
            ..Default::default()
        };
        let user = User::create(user).await?;
        for name in ["finance", "probe_users"] {
            let group = match Group::query().name(name).first().await? {
                Some(group) => group,
                None => Group::create(NewGroup { name: name.to_owned(), active: true, ..Default::default() }).await?,
            };
            Membership::create(NewMembership { user: user.id.into(), group: group.id.into() }).await?;
        }
        Ok::<_, AppOsError>(())
    };
    platform.system().await.expect("a scope").run(made).await.expect("an account");
}

/// What the processes have noted, in any order, once all has come to rest.
async fn noted(platform: &TestPlatform) -> Vec<String> {
    platform.outbox_idle().await.expect("the outbox is emptied");
    platform.processes_idle().await.expect("the processes end");
    let listed = rule(platform, "process_list", json!({ "wanted": { "limit": 200 } })).await.expect("a list");
    for instance in listed.as_array().expect("a list") {
        assert_eq!(instance["state"], "completed", "{instance:#}");
    }
    let things = async { Thing::query().all().await.expect("an answer") };
    let things = platform.system().await.expect("a scope").run(things).await;
    let mut names: Vec<_> = things.into_iter().map(|thing| thing.name).collect();
    names.sort();
    names
}

async fn rule(platform: &TestPlatform, name: &str, arguments: Json) -> Result<Json> {
    let system = platform.system().await.expect("a scope");
    system.run(engine::dispatch(format!("platform.rules.{name}"), arguments)).await
}

#[tokio::test]
async fn a_process_starts_once_for_each_row_as_whoever_has_made_it() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let visit = Arc::clone(&ann).run(async { Visit::create(labelled("a")).await }).await.expect("a visit");
    assert_eq!(noted(&platform).await, [format!("ann greets {}", visit.id)]);
    let listed = rule(&platform, "process_list", json!({ "wanted": {} })).await.expect("a list");
    assert_eq!(listed.as_array().expect("a list").len(), 1);
    assert_eq!(listed[0]["process"], "probe.processes.greet_visit");
    let two = async { Visit::create(labelled("b")).await.and(Visit::create(labelled("c")).await) };
    ann.run(two).await.expect("visits");
    assert_eq!(noted(&platform).await.len(), 3);
}

#[tokio::test]
async fn a_write_that_is_given_up_starts_none() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let given_up = transaction(async {
        Visit::create(labelled("a")).await?;
        Err::<(), _>(AppOsError::validation("enough"))
    });
    ann.run(given_up).await.expect_err("it is given up");
    assert_eq!(noted(&platform).await, Vec::<String>::new());
}

#[tokio::test]
async fn who_may_not_start_the_process_cannot_write_unless_it_has_an_account_of_its_own() {
    let platform = platform().await;
    make_account(&platform).await;
    let (ann, eve) = (ann(&platform).await, platform.user("eve", &["finance"]).await.expect("eve"));
    let refused = assert_denied!(eve.run(async { Visit::create(labelled("a")).await }).await);
    assert_eq!(refused.object_ref(), Some("probe.processes.greet_visit"));
    let visits = async { Visit::query().all().await.expect("an answer") };
    assert!(platform.system().await.expect("a scope").run(visits).await.is_empty(), "the row is not written");

    let visit = Arc::clone(&ann).run(async { Visit::create(labelled("a")).await }).await.expect("a visit");
    let id = visit.id;
    let patch = VisitPatch { label: Some("b".to_owned()) };
    let visit = Arc::clone(&ann).run(async move { visit.update(patch).await }).await.expect("it is changed");
    let mut expected = vec![format!("ann greets {id}"), format!("clock follows {id}")];
    assert_eq!(noted(&platform).await, expected, "not as ann, who may not use it");
    ann.run(async move { visit.delete().await }).await.expect("it is deleted");
    expected.push(format!("clock follows {id}"));
    assert_eq!(noted(&platform).await, expected);
}

#[tokio::test]
async fn a_start_waits_for_its_account_and_is_made_once_it_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = PlatformConfig::default();
    config.database.url = database(folder.path()).as_str().into();
    config.outbox.backoff = Duration::from_millis(5);
    config.outbox.max_attempts = 2;
    let journal = Journal::start(folder.path(), &appos::testing::JournalSettings::default()).expect("a journal");
    let platform = TestPlatform::of(&config, journal).await.expect("the platform starts");
    let ann = ann(&platform).await;
    let patch = VisitPatch { label: Some("b".to_owned()) };
    let changed = async {
        let visit = Visit::create(labelled("a")).await?;
        visit.update(patch).await
    };
    let visit = ann.run(changed).await.expect("the write does not wait for the account");
    let greeted = format!("ann greets {}", visit.id);
    assert_eq!(noted(&platform).await, std::slice::from_ref(&greeted));
    let parked = rule(&platform, "outbox_parked", json!({})).await.expect("a list");
    assert_eq!(parked[0]["object"], "probe.processes.follow_visit", "{parked:#}");
    let error = parked[0]["error"].as_str().expect("a text");
    assert!(error.contains("clock@example.com, and there is no such account"), "{error}");

    make_account(&platform).await;
    rule(&platform, "outbox_retry", json!({ "id": parked[0]["id"] })).await.expect("it is tried again");
    assert_eq!(noted(&platform).await, [greeted, format!("clock follows {}", visit.id)]);
    platform.flush_journal();
    let told = lines(folder.path(), "process", "security");
    let told: Vec<_> = told.iter().filter(|line| line["action"] == "run_as").collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["object_ref"], "probe.processes.follow_visit");
}

#[tokio::test]
async fn of_several_programs_that_deliver_one_starts_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = PlatformConfig::default();
    config.database.url = database(folder.path()).as_str().into();
    config.outbox.poll = Duration::from_millis(20);
    let one = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let other = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    (config.outbox.concurrency, config.process.concurrency) = (0, 0);
    let silent = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&silent).await;
    let made = async {
        for number in 0..30 {
            Visit::create(labelled(&number.to_string())).await?;
        }
        Ok::<_, AppOsError>(())
    };
    ann.run(made).await.expect("visits");
    drop(silent);
    let mut names = noted(&one).await;
    let parked = rule(&one, "outbox_parked", json!({})).await.expect("a list");
    assert_eq!((names.len(), &parked), (30, &json!([])));
    names.dedup();
    assert_eq!(names.len(), 30, "each once");
    other.stop().await;
}

#[tokio::test]
async fn a_start_that_is_delivered_again_starts_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = PlatformConfig::default();
    let url = database(folder.path());
    config.database.url = url.as_str().into();
    config.outbox.poll = Duration::from_millis(20);
    (config.outbox.concurrency, config.process.concurrency) = (0, 0);
    let silent = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = ann(&silent).await;
    ann.run(async { Visit::create(labelled("a")).await }).await.expect("a visit");
    drop(silent);
    sql(&url, "CREATE TABLE kept AS SELECT * FROM platform_outbox").await;
    (config.outbox.concurrency, config.process.concurrency) = (4, 4);
    let platform = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    assert_eq!(noted(&platform).await.len(), 1);
    // As of a program that has died before it could say that it had delivered it.
    sql(&url, "INSERT INTO platform_outbox SELECT * FROM kept").await;
    assert_eq!(noted(&platform).await.len(), 1, "it is the same start");
    let listed = rule(&platform, "process_list", json!({ "wanted": {} })).await.expect("a list");
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(sql(&url, "SELECT count(*) FROM platform_outbox").await, ["0"], "it was delivered");
}

#[test]
fn the_registry_says_with_which_rows_a_process_starts() {
    let manifest: Json = serde_json::to_value(Manifest::of(Registry::global())).expect("a manifest");
    let process = |name: &str| {
        let is = |object: &&Json| object["reference"] == format!("probe.processes.{name}");
        manifest["objects"].as_array().expect("objects").iter().find(is).expect("the process")["process"].clone()
    };
    assert_eq!(process("greet_visit")["triggers"], json!(["created probe.records.visit"]));
    assert_eq!(
        process("follow_visit")["triggers"],
        json!(["updated probe.records.visit", "deleted probe.records.visit"])
    );
    assert_eq!(process("follow_visit")["shape"], json!(["step ring"]));
    let visit = manifest["objects"].as_array().expect("objects").iter();
    let visit = visit.clone().find(|object| object["reference"] == "probe.records.visit").expect("the record");
    let hook = |on: &str, process: &str| json!({ "on": on, "rule": format!("probe.processes.{process}"), "after_commit": true });
    let hooks = [("create", "greet_visit"), ("update", "follow_visit"), ("delete", "follow_visit")];
    assert_eq!(visit["hooks"], json!(hooks.map(|(on, process)| hook(on, process))));
}
