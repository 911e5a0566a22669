//! Processes that start by themselves: at their times, once each, as the service account that is named.

mod support;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use appos::Result;
use appos::codegen_support::ChoiceValue;
use appos::prelude::engine;
use appos::prelude::platform::records::{Group, Membership, NewGroup, NewMembership, NewUser, User, UserTypeChoice};
use appos::prelude::{Record, RecordQuery};
use appos::testing::{Journal, TestPlatform};
use serde_json::{Value as Json, json};
use support::{database, lines, platform, settings};

const HOUR: Duration = Duration::from_hours(1);

/// The account as which the clocks of the probe run, in a group that may.
async fn make_account(platform: &TestPlatform, user_type: &str, group: &str) {
    let user_type = UserTypeChoice::from_name(user_type).expect("a type");
    let group = group.to_owned();
    let made = async move {
        let user = NewUser {
            email: "clock@example.com".to_owned(),
            name: "clock".to_owned(),
            user_type,
            active: true,
            ..Default::default()
        };
        let user = User::create(user).await?;
        for name in [group, "probe_users".to_owned()] {
            // What the clocks write is for those of the second.
            let group = match Group::query().name(name.clone()).first().await? {
                Some(group) => group,
                None => Group::create(NewGroup { name, active: true, ..Default::default() }).await?,
            };
            Membership::create(NewMembership { user: user.id.into(), group: group.id.into() }).await?;
        }
        Ok(())
    };
    let made: Result<()> = platform.system().await.expect("a scope").run(made).await;
    made.expect("an account");
}

/// How often each clock has started.
async fn starts(platform: &TestPlatform) -> HashMap<String, usize> {
    platform.processes_idle().await.expect("an answer");
    let system = platform.system().await.expect("a scope");
    let wanted = json!({ "wanted": { "limit": 200 } });
    let listed = system.run(engine::dispatch("platform.rules.process_list", wanted)).await.expect("a list");
    let mut starts = HashMap::new();
    for instance in listed.as_array().expect("a list") {
        assert_eq!(instance["state"], "completed", "{instance:#}");
        *starts.entry(instance["process"].as_str().expect("a text").to_owned()).or_default() += 1;
    }
    starts
}

fn counted(strikes: usize, chimes: usize) -> HashMap<String, usize> {
    let all = [("probe.processes.strike", strikes), ("probe.processes.chime", chimes)];
    all.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| (name.to_owned(), count)).collect()
}

#[tokio::test]
async fn a_process_starts_at_its_times_and_catches_up_as_it_says() {
    let platform = platform().await;
    make_account(&platform, "service_account", "finance").await;
    assert_eq!(starts(&platform).await, counted(0, 0), "nothing of the time before it was known is made up for");
    platform.advance(HOUR * 3);
    assert_eq!(starts(&platform).await, counted(3, 1));
    assert_eq!(starts(&platform).await, counted(3, 1));
    platform.advance(HOUR);
    assert_eq!(starts(&platform).await, counted(4, 2));
    let things = async { probe::records::Thing::query().all().await.expect("things") };
    let things = platform.system().await.expect("a scope").run(things).await;
    assert!(things.iter().all(|thing| thing.name == "clock strikes" || thing.name == "clock chimes"));
    platform.advance(HOUR * 24 * 30);
    assert_eq!(starts(&platform).await, counted(104, 3), "a hundred at most");
}

#[tokio::test]
async fn a_time_waits_for_an_account_that_may() {
    let platform = platform().await;
    starts(&platform).await;
    platform.advance(HOUR);
    assert_eq!(starts(&platform).await, counted(0, 0), "there is no such account");
    make_account(&platform, "basic", "finance").await;
    assert_eq!(starts(&platform).await, counted(0, 0), "a person is no service account");
    let change = |change: &'static str| {
        let platform = &platform;
        async move {
            let changed = async move {
                let user = User::query().email("clock@example.com".to_owned()).first().await?.expect("the account");
                match change {
                    "service" => {
                        let user_type = UserTypeChoice::from_name("service_account");
                        let patch = appos::prelude::platform::records::UserPatch { user_type, ..Default::default() };
                        user.update(patch).await.map(drop)
                    }
                    _ => {
                        let group = Group::query().name("finance").first().await?.expect("the group");
                        let member = Membership::query().user(user.id).group(group.id).first().await?;
                        match member {
                            Some(member) => member.delete().await,
                            None => {
                                let member = NewMembership { user: user.id.into(), group: group.id.into() };
                                Membership::create(member).await.map(drop)
                            }
                        }
                    }
                }
            };
            let changed: Result<()> = platform.system().await.expect("a scope").run(changed).await;
            changed.expect("it is changed");
        }
    };
    change("group").await;
    change("service").await;
    assert_eq!(starts(&platform).await, counted(0, 0), "it may not use the process");
    change("group").await;
    assert_eq!(starts(&platform).await, counted(1, 1));
}

#[tokio::test]
async fn of_several_programs_one_starts_what_is_due() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let config = settings(&url);
    let first = Arc::new(TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts"));
    make_account(&first, "service_account", "finance").await;
    assert_eq!(starts(&first).await, counted(0, 0));
    let second = Arc::new(TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts"));
    second.advance(HOUR * 2);
    first.advance(HOUR * 2);
    let (one, other) = tokio::join!(first.processes_idle(), second.processes_idle());
    one.and(other).expect("an answer");
    assert_eq!(starts(&first).await, counted(2, 1));
    assert_eq!(starts(&second).await, counted(2, 1));
    let manifest: Json =
        serde_json::to_value(appos::registry::Manifest::of(appos::registry::Registry::global())).expect("a manifest");
    let is_strike = |object: &&Json| object["reference"] == "probe.processes.strike";
    let strike = manifest["objects"].as_array().expect("objects").iter().find(is_strike).expect("the process");
    assert_eq!(strike["process"]["run_as"], "clock@example.com", "{strike:#}");
}

#[tokio::test]
async fn a_clock_that_leaps_back_and_forth_starts_nothing_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let mut config = settings(&url);
    // With each beat the clock is looked at.
    config.process.lease = Duration::from_millis(600);
    let first = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    make_account(&first, "service_account", "finance").await;
    assert_eq!(starts(&first).await, counted(0, 0));
    // Programs on one file are on one machine, and have one clock. With a server all go by that of the server.
    let is_file = url.starts_with("sqlite");
    let second = if is_file {
        None
    } else {
        Some(TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts"))
    };
    let wrong = second.as_ref().unwrap_or(&first);
    for seconds in [3600, -3600, 3600, -3600] {
        wrong.leap(seconds);
        tokio::time::sleep(config.process.lease).await;
        wrong.processes_idle().await.expect("an answer");
    }
    assert_eq!(starts(&first).await, if is_file { counted(1, 1) } else { counted(0, 0) });
    for platform in [Some(&first), second.as_ref()].into_iter().flatten() {
        platform.advance(HOUR * 2);
    }
    assert_eq!(starts(&first).await, if is_file { counted(2, 2) } else { counted(2, 1) }, "each hour is struck once");
}

#[tokio::test]
async fn the_security_log_tells_as_whom_a_process_was_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let platform = TestPlatform::recording(folder.path()).await.expect("the platform starts");
    make_account(&platform, "service_account", "finance").await;
    starts(&platform).await;
    platform.advance(HOUR);
    assert!(!starts(&platform).await.is_empty());
    platform.flush_journal();
    let told = lines(folder.path(), "process", "security");
    let told: Vec<_> = told.iter().filter(|line| line["action"] == "run_as").collect();
    assert!(!told.is_empty());
    assert!(
        told.iter().all(|line| line["detail"].as_str().is_some_and(|text| text.contains("clock@example.com"))),
        "{told:#?}"
    );
}
