//! Counters and latencies of each object, kept so that threads do not contend.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crossbeam_utils::CachePadded;
use serde::Serialize;

use super::counts::{BUCKETS, Counts, bucket};
use crate::journal::Outcome;

/// Threads share a shard only when there are more of them than this.
const SHARDS: usize = 16;

/// Counters of one object in one shard.
struct Shard {
    calls: AtomicU64,
    errors: AtomicU64,
    denied: AtomicU64,
    total_ns: AtomicU64,
    latency: [AtomicU64; BUCKETS],
}

impl Shard {
    fn new() -> Self {
        Self {
            calls: AtomicU64::new(0),
            errors: AtomicU64::new(0),
            denied: AtomicU64::new(0),
            total_ns: AtomicU64::new(0),
            latency: [const { AtomicU64::new(0) }; BUCKETS],
        }
    }
}

/// What the engine keeps of one object.
pub(crate) struct ObjectState {
    shards: [OnceLock<Box<CachePadded<Shard>>>; SHARDS],
    /// One bit for each object this one has called.
    callees: Box<[AtomicU64]>,
}

/// The shard of the running thread.
fn shard() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static SHARD: usize = NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS;
    }
    SHARD.with(|shard| *shard)
}

impl ObjectState {
    pub(crate) fn new(objects: usize) -> Self {
        Self {
            shards: [const { OnceLock::new() }; SHARDS],
            callees: (0..objects.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// Counts one call.
    pub(crate) fn count(&self, outcome: Outcome, duration_ns: u64) {
        let shard = self.shards[shard()].get_or_init(|| Box::new(CachePadded::new(Shard::new())));
        shard.calls.fetch_add(1, Ordering::Relaxed);
        shard.total_ns.fetch_add(duration_ns, Ordering::Relaxed);
        shard.latency[bucket(duration_ns)].fetch_add(1, Ordering::Relaxed);
        match outcome {
            Outcome::Ok => {}
            Outcome::Denied => {
                shard.denied.fetch_add(1, Ordering::Relaxed);
            }
            _ => {
                shard.errors.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Notes that this object has called the one with this slot.
    #[inline]
    pub(crate) fn calls(&self, slot: usize) {
        let Some(word) = self.callees.get(slot / 64) else { return };
        let bit = 1 << (slot % 64);
        // Written once for each edge; afterwards only read.
        if word.load(Ordering::Relaxed) & bit == 0 {
            word.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// Slots of the objects this one has called.
    pub(crate) fn callees(&self) -> impl Iterator<Item = usize> + '_ {
        self.callees.iter().enumerate().flat_map(|(word, bits)| {
            let bits = bits.load(Ordering::Relaxed);
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| word * 64 + bit)
        })
    }

    /// The sum over all threads.
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for shard in self.shards.iter().filter_map(OnceLock::get) {
            counts.calls += shard.calls.load(Ordering::Relaxed);
            counts.errors += shard.errors.load(Ordering::Relaxed);
            counts.denied += shard.denied.load(Ordering::Relaxed);
            counts.total_ns += shard.total_ns.load(Ordering::Relaxed);
            for (sum, count) in counts.latency.iter_mut().zip(&shard.latency) {
                *sum += count.load(Ordering::Relaxed);
            }
        }
        counts
    }

    /// The sum over all threads, in figures that people read.
    pub(crate) fn read(&self) -> ObjectMetrics {
        let counts = self.counts();
        let Counts { calls, errors, denied, .. } = counts;
        ObjectMetrics { calls, errors, denied, latency: counts.summary() }
    }
}

/// Counts and latencies of one object since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ObjectMetrics {
    /// Calls in all, whatever came of them.
    pub calls: u64,
    /// Calls that ended in an error other than a refusal.
    pub errors: u64,
    /// Calls that were refused.
    pub denied: u64,
    /// How long calls took.
    pub latency: LatencySummary,
}

/// How long calls took, in nanoseconds; quantiles are upper edges, at most 25 % too high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LatencySummary {
    /// Mean.
    pub mean_ns: u64,
    /// Median.
    pub p50_ns: u64,
    /// 95th percentile.
    pub p95_ns: u64,
    /// 99th percentile.
    pub p99_ns: u64,
}
