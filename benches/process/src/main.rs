//! Processes beside the no-op jobs of a queue, on the same databases in the same run: steps each second, how long it
//! takes from a start to the first step, how long a long history takes to be run again, and what sleepers cost.
//!
//! `cargo run --release --manifest-path benches/process/Cargo.toml`, and `-- --quick` for a first look.

mod celery;
mod jobs;
mod processes;

use std::time::Duration;

use tempfile::tempdir;
use throwaway_postgres::{Durability, Server};

/// How much of everything.
#[derive(Clone, Copy)]
pub struct Size {
    jobs: usize,
    instances: usize,
    latencies: usize,
    sleepers: usize,
}

const STEPS: u32 = 3;

fn per_second(number: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "few")]
    let number = number as f64;
    number / took.as_secs_f64()
}

fn print(what: &str, ours: (usize, Duration), theirs: (usize, Duration), least: f64) {
    let (ours, theirs) = (per_second(ours.0, ours.1), per_second(theirs.0, theirs.1));
    let ratio = ours / theirs;
    let verdict = if ratio >= least { "met" } else { "missed" };
    println!("{what}: {ours:.0} steps/s beside {theirs:.0} jobs/s, {ratio:.2}; target {least} {verdict}");
}

#[tokio::main]
async fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let size = if quick {
        Size { jobs: 1_000, instances: 500, latencies: 50, sleepers: 2_000 }
    } else {
        Size { jobs: 5_200, instances: 4_000, latencies: 300, sleepers: 100_000 }
    };
    let folder = tempdir().expect("a folder");
    let file = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    let postgres = Server::start(Durability::Full);

    let theirs = jobs::on_sqlite(&folder.path().join("jobs.db").display().to_string(), size.jobs).await;
    let on_sqlite = processes::throughput(&file("processes.db"), None, size.instances, STEPS).await;
    print("SQLite", on_sqlite, theirs, 0.6);
    let theirs = jobs::on_postgres(&postgres.database(), size.jobs).await;
    let ours = processes::throughput(&postgres.database(), None, size.instances, STEPS).await;
    print("PostgreSQL", ours, theirs, 0.6);
    let redis = throwaway_redis::Server::start();
    let theirs = jobs::on_redis(&redis.url(), size.jobs).await;
    let ours = processes::throughput(&postgres.database(), Some(redis.url()), size.instances, STEPS).await;
    // Every step is on the disk of PostgreSQL before the next begins; a job in Redis is not.
    print("PostgreSQL with Redis", ours, theirs, 0.6);
    let chains = |(steps, took): (usize, Duration)| per_second(steps / STEPS as usize, took);
    match celery::chains(&redis.url(), size.instances / 2, folder.path()) {
        Some((number, took)) => {
            let theirs = per_second(number, took);
            for (name, ours) in [("SQLite", chains(on_sqlite)), ("PostgreSQL with Redis", chains(ours))] {
                let verdict = if ours / theirs >= 5.0 { "met" } else { "missed" };
                println!(
                    "{name}: {ours:.0} chains of three steps each second beside {theirs:.0} of Celery with Redis, {:.2}; target 5 {verdict}",
                    ours / theirs
                );
            }
        }
        None => println!("Celery cannot be installed: nothing to compare with"),
    }

    for (name, url) in [("SQLite", file("latency.db")), ("PostgreSQL", postgres.database())] {
        let (median, last) = processes::latency(&url, size.latencies).await;
        let verdict = if median < 10.0 { "met" } else { "missed" };
        println!("{name}: {median:.2} ms from a start to its first step, 99th percentile {last:.2} ms; target 10 ms {verdict}");
        let (run, replayed) = processes::replay(&url, 1000).await;
        let verdict = if replayed < 100.0 { "met" } else { "missed" };
        println!("{name}: 1000 steps in {run:.0} ms, run again in {replayed:.1} ms; target 100 ms {verdict}");
        let (before, beside) = processes::sleepers(&url, size.sleepers, size.instances / 4).await;
        println!("{name}: {before:.0} steps/s with nobody asleep, {beside:.0} beside {} that sleep", size.sleepers);
    }
}
