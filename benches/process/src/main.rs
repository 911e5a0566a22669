//! Processes beside the no-op jobs of a queue, on the same databases in the same run: steps each second, how long it
//! takes from a start to the first step, how long a long history takes to be run again, and what sleepers cost.
//!
//! `cargo run --release --manifest-path benches/process/Cargo.toml`, and `-- --quick` for a first look.

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
    let ours = processes::throughput(&file("processes.db"), size.instances, STEPS).await;
    print("SQLite", ours, theirs, 0.6);
    let theirs = jobs::on_postgres(&postgres.database(), size.jobs).await;
    let ours = processes::throughput(&postgres.database(), size.instances, STEPS).await;
    print("PostgreSQL", ours, theirs, 0.6);
    let redis = throwaway_redis::Server::start();
    let theirs = jobs::on_redis(&redis.url(), size.jobs).await;
    print("PostgreSQL beside Redis", ours, theirs, 0.6);

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
