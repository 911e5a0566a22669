//! The cost of a warm typed dispatch beside a bare async call of the same body, with security,
//! execution ids, metrics and the journal on. Figures are ratios of one run.
//!
//! `cargo bench --bench dispatch`

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use allocation_counter::measure;
use appos::testing::{Scope, TestPlatform};
use probe::rules;

/// Calls in a batch of which the time is taken: one is shorter than the clock can tell.
const BATCH: u32 = 32;
const BATCHES: u32 = 20_000;

#[expect(clippy::unused_async, reason = "the baseline is the cost of a bare async call")]
async fn bare_add(left: i64, right: i64) -> appos::Result<i64> {
    Ok(left + right)
}

/// Times of batches in nanoseconds.
struct Times(Vec<u64>);

impl Times {
    #[expect(clippy::cast_precision_loss, reason = "times of batches are far below 2^52 ns")]
    fn per_call(&mut self, per_mille: usize) -> f64 {
        self.0.sort_unstable();
        let place = (self.0.len() * per_mille / 1000).min(self.0.len() - 1);
        self.0[place] as f64 / f64::from(BATCH)
    }

    #[expect(clippy::cast_precision_loss, reason = "a run takes far less than 2^52 ns")]
    fn total(&self) -> f64 {
        self.0.iter().sum::<u64>() as f64
    }
}

/// The same loop as the rule `measure`, around a function that is no object.
async fn bare() -> Times {
    let mut times = Vec::new();
    for batch in 0..i64::from(BATCHES) {
        let started = Instant::now();
        for number in 0..i64::from(BATCH) {
            black_box(bare_add(black_box(batch), number).await).ok();
        }
        times.push(u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX));
    }
    Times(times)
}

/// A rule calls another: the caller's execution is open, as in a body of an app.
async fn dispatched(scope: &Arc<Scope>, batches: u32) -> Times {
    Times(Arc::clone(scope).run(async move { rules::measure(batches).await }).await.expect("the rule runs"))
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    // The database's connections go back to their pool on this runtime: it has to run by itself.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime can be made");
    let (platform, scopes) = runtime.block_on(async {
        let platform = TestPlatform::recording(folder.path()).await.expect("the platform starts");
        let mut scopes = Vec::new();
        for name in ["ann", "bob", "cyd"] {
            scopes.push(platform.user(name, &["probe_users"]).await.expect("a user can be made"));
        }
        for scope in &scopes {
            drop(dispatched(scope, 500).await);
        }
        (platform, scopes)
    });
    let mut bare = runtime.block_on(bare());
    let mut calls = runtime.block_on(dispatched(&scopes[0], BATCHES));
    let (bare_p50, p50, p99) = (bare.per_call(500), calls.per_call(500), calls.per_call(990));
    println!("bare async call        median {bare_p50:8.1} ns");
    println!(
        "warm typed dispatch    median {p50:8.1} ns   p99 of batches {p99:8.1} ns   ({:.0} x bare)",
        p50 / bare_p50.max(0.1)
    );
    println!("target                 median    500.0 ns   p99             2000.0 ns");
    let count = allocations(&scopes[0]);
    println!("allocations per call   {count:8.2}      (one for the arguments' text, one for the result's)");
    let (one, two) = (run_on(&scopes[1..2]), run_on(&scopes[1..3]));
    println!("throughput of two threads over one: {:.2}   (2.00 is perfect)", 2.0 * one / two);
    println!("events lost by the journal under this load: {}", platform.engine().journal().lost());
}

/// Allocations of one call: the difference of a long run and a short one.
fn allocations(scope: &Arc<Scope>) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    let count = |batches: u32| measure(|| drop(runtime.block_on(dispatched(scope, batches)))).count_total;
    let (short, long) = (count(100), count(1_100));
    let more = u32::try_from(long.saturating_sub(short)).unwrap_or(u32::MAX);
    f64::from(more) / f64::from(1_000 * BATCH)
}

/// The same work on one thread for each scope: as long as on one, if threads do not get in
/// each other's way.
fn run_on(scopes: &[Arc<Scope>]) -> f64 {
    let threads: Vec<_> = scopes
        .iter()
        .map(|scope| {
            let scope = Arc::clone(scope);
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime can be made").block_on(dispatched(&scope, BATCHES)).total()
            })
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap_or(0.0)).fold(0.0, f64::max)
}
