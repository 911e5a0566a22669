//! Processes of the probe app.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use appos::prelude::{days, transaction};
use appos::testing::{Journal, PlatformConfig, Scope, TestPlatform};
use probe::{NOTHINGS, processes};

async fn platform(url: &str, redis: Option<String>) -> (TestPlatform, Arc<Scope>) {
    let mut config = PlatformConfig::default();
    config.database.url = url.into();
    config.redis.url = redis.map(Into::into);
    config.process.concurrency = 50;
    let platform = TestPlatform::of(&config, Journal::disabled()).await.expect("the platform starts");
    let ann = platform.user("ann", &["probe_users"]).await.expect("ann");
    (platform, ann)
}

async fn until(number: u64) {
    while NOTHINGS.load(Ordering::Relaxed) < number {
        tokio::time::sleep(Duration::from_micros(200)).await;
    }
}

/// Starts in transactions of a hundred, as the queue's jobs are pushed.
async fn start(ann: &Arc<Scope>, number: usize, steps: u32, after: Option<Duration>) {
    for part in (0..number).step_by(100) {
        let part = (number - part).min(100);
        let started = Arc::clone(ann).run(transaction(async move {
            for _ in 0..part {
                let call = processes::idle(steps, false);
                let call = if let Some(after) = after { call.after(after) } else { call };
                call.start().await?;
            }
            Ok(())
        }));
        started.await.expect("they start");
    }
}

/// Steps, and the time for all of them, with the starts.
pub async fn throughput(url: &str, redis: Option<String>, instances: usize, steps: u32) -> (usize, Duration) {
    let (platform, ann) = platform(url, redis).await;
    let before = NOTHINGS.load(Ordering::Relaxed);
    let began = Instant::now();
    start(&ann, instances, steps, None).await;
    let all = instances * steps as usize;
    until(before + all as u64).await;
    platform.processes_idle().await.expect("an answer");
    let took = began.elapsed();
    platform.stop().await;
    (all, took)
}

/// Milliseconds from a start to the first step, one after the other: median and 99th percentile.
pub async fn latency(url: &str, number: usize) -> (f64, f64) {
    let (platform, ann) = platform(url, None).await;
    let mut took = Vec::new();
    for _ in 0..number {
        let before = NOTHINGS.load(Ordering::Relaxed);
        let began = Instant::now();
        Arc::clone(&ann).run(processes::idle(1, false).start()).await.expect("it starts");
        until(before + 1).await;
        took.push(began.elapsed().as_secs_f64() * 1000.0);
        platform.processes_idle().await.expect("an answer");
    }
    platform.stop().await;
    took.sort_by(f64::total_cmp);
    (took[took.len() / 2], took[took.len() * 99 / 100])
}

/// Milliseconds of a run of so many steps, and of its replay after it was told something.
pub async fn replay(url: &str, steps: u32) -> (f64, f64) {
    let (platform, ann) = platform(url, None).await;
    let began = Instant::now();
    let instance = Arc::clone(&ann).run(processes::idle(steps, true).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    let run = began.elapsed();
    let began = Instant::now();
    Arc::clone(&ann).run(instance.signal("go", ())).await.expect("it is told");
    platform.processes_idle().await.expect("an answer");
    let replayed = began.elapsed();
    platform.stop().await;
    (run.as_secs_f64() * 1000.0, replayed.as_secs_f64() * 1000.0)
}

/// Steps each second without and with so many instances that wait for a moment.
pub async fn sleepers(url: &str, sleepers: usize, instances: usize) -> (f64, f64) {
    let measure = async |url: &str| {
        let (steps, took) = throughput(url, None, instances, 3).await;
        super::per_second(steps, took)
    };
    let before = measure(url).await;
    let (platform, ann) = platform(url, None).await;
    start(&ann, sleepers, 1, Some(days(30))).await;
    platform.stop().await;
    (before, measure(url).await)
}
