//! Processes and clocks that are wrong: what waits, waits as long as it was told to, and runs once and in one place,
//! whatever somebody does to the clock of a machine.

mod support;

use std::sync::Arc;
use std::time::Duration;

use appos::prelude::process::Instance;
use appos::prelude::{Record, RecordQuery, engine};
use appos::testing::{Journal, PlatformConfig, TestPlatform};
use probe::processes;
use probe::records::Thing;
use serde_json::{Value as Json, json};
use support::database;

/// In seconds.
const HOUR: i64 = 3600;

/// A program on this database; `runs`: it does not only start processes.
async fn program(url: &str, runs: bool, lease: Duration) -> TestPlatform {
    let mut config = PlatformConfig::default();
    config.database.url = url.into();
    config.process.lease = lease;
    config.process.poll = Duration::from_millis(20);
    if !runs {
        config.process.concurrency = 0;
    }
    TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts")
}

async fn show(platform: &TestPlatform, instance: Instance) -> Json {
    let system = platform.system().await.expect("a scope");
    let asked = json!({ "instance": instance.id });
    system.run(engine::dispatch("platform.rules.process_show", asked)).await.expect("an instance")
}

async fn names(platform: &TestPlatform) -> Vec<String> {
    let things = async { Thing::query().all().await.expect("an answer") };
    let things = platform.system().await.expect("a scope").run(things).await;
    let mut names: Vec<_> = things.into_iter().map(|thing| thing.name).collect();
    names.sort();
    names
}

/// The history of an instance that has begun.
fn has_begun(instance: &Json) -> bool {
    instance["history"].as_array().is_some_and(|history| !history.is_empty())
}

#[tokio::test]
async fn a_start_waits_as_long_as_it_was_told_to_whatever_the_clock_of_its_program_says() {
    for off in [HOUR, -HOUR] {
        let folder = tempfile::tempdir().expect("a folder");
        let url = database(folder.path());
        // Nobody looks at a clock by himself while this test runs.
        let worker = program(&url, true, Duration::from_mins(30)).await;
        let starts = program(&url, false, Duration::from_mins(30)).await;
        let ann = starts.user("ann", &["probe_users"]).await.expect("ann");
        if url.starts_with("sqlite") {
            // With a file there is no other clock than the machine's: it is right when it is first looked at.
            Arc::clone(&ann).run(processes::journey("Al".to_owned()).start()).await.expect("it starts");
        }
        starts.leap(off);
        let later =
            Arc::clone(&ann).run(processes::nap("Bo".to_owned(), 0).after(Duration::from_mins(10)).start()).await;
        let later = later.expect("it starts");
        let ends = Arc::clone(&ann).run(processes::hurry("Cy".to_owned()).start()).await.expect("it starts");
        worker.processes_idle().await.expect("an answer");
        assert!(!has_begun(&show(&worker, later).await), "its time has not come");
        assert_eq!(show(&worker, ends).await["state"], "running", "its time is not over");
        for platform in [&worker, &starts] {
            platform.advance(Duration::from_mins(9));
        }
        worker.processes_idle().await.expect("an answer");
        assert!(!has_begun(&show(&worker, later).await), "a minute is left");
        for platform in [&worker, &starts] {
            platform.advance(Duration::from_mins(2));
        }
        worker.processes_idle().await.expect("an answer");
        let seen = show(&worker, later).await;
        assert!(has_begun(&seen), "{seen:#}");
        // It waits for nothing; the moment of its wait may be a little ahead.
        worker.advance(Duration::from_secs(1));
        worker.processes_idle().await.expect("an answer");
        assert_eq!(show(&worker, later).await["state"], "completed");
    }
}

#[tokio::test]
async fn clocks_that_leap_back_and_forth_change_nothing_of_what_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let lease = Duration::from_millis(1500);
    let one = program(&url, true, lease).await;
    // Programs on one file are on one machine, and have one clock.
    let second = if url.starts_with("sqlite") { None } else { Some(program(&url, true, lease).await) };
    let other = second.as_ref().unwrap_or(&one);
    let ann = one.user("ann", &["probe_users"]).await.expect("ann");
    let mut instances = Vec::new();
    for number in 0..20 {
        let name = format!("Bo {number:02}");
        let start = if number % 2 == 0 { processes::nap(name, 1).start() } else { processes::linger(name).start() };
        instances.push(Arc::clone(&ann).run(start).await.expect("it starts"));
    }
    // The machine of one of them has a wrong clock for a while, is put right, and is wrong again.
    for by in [HOUR, -HOUR, HOUR, -HOUR, -HOUR, HOUR] {
        other.leap(by);
        tokio::time::sleep(lease / 3).await;
    }
    one.advance(Duration::from_secs(2));
    if let Some(second) = &second {
        second.advance(Duration::from_secs(2));
    }
    one.processes_idle().await.expect("an answer");
    for instance in instances {
        let seen = show(&one, instance).await;
        assert_eq!(seen["state"], "completed", "{seen:#}");
        let history = seen["history"].as_array().expect("a list");
        let tries = history.iter().filter(|entry| entry["kind"] == "step").map(|entry| entry["attempts"].clone());
        assert!(tries.into_iter().all(|tries| tries == 1), "no step was begun twice: {seen:#}");
    }
    let all = names(&one).await;
    let mut different = all.clone();
    different.dedup();
    assert_eq!(all, different, "each step was done once");
    assert_eq!(all.len(), 40);
}
