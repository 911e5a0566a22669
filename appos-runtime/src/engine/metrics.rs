//! Counters and latencies of each object, kept so that threads do not contend.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crossbeam_utils::CachePadded;
use serde::Serialize;

use crate::journal::Outcome;

/// Threads share a shard only when there are more of them than this.
const SHARDS: usize = 16;
/// Latency buckets: four to each doubling of time, from 64 ns up to about 70 s.
const BUCKETS: usize = 4 * 30;
const FIRST_OCTAVE: u32 = 6;

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

fn bucket(ns: u64) -> usize {
    let ns = ns.max(1 << FIRST_OCTAVE);
    let octave = ns.ilog2();
    let quarter = (ns >> (octave - 2)) & 3;
    (((octave - FIRST_OCTAVE) * 4) as usize + quarter as usize).min(BUCKETS - 1)
}

/// The upper edge of a bucket in nanoseconds.
fn edge(bucket: usize) -> u64 {
    let (octave, quarter) = (bucket / 4 + FIRST_OCTAVE as usize, bucket as u64 % 4);
    (1 << octave) + (quarter + 1) * (1 << (octave - 2))
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
    pub(crate) fn read(&self) -> ObjectMetrics {
        let mut metrics = ObjectMetrics::default();
        let mut latency = [0_u64; BUCKETS];
        let mut total_ns = 0_u64;
        for shard in self.shards.iter().filter_map(OnceLock::get) {
            metrics.calls += shard.calls.load(Ordering::Relaxed);
            metrics.errors += shard.errors.load(Ordering::Relaxed);
            metrics.denied += shard.denied.load(Ordering::Relaxed);
            total_ns += shard.total_ns.load(Ordering::Relaxed);
            for (sum, count) in latency.iter_mut().zip(&shard.latency) {
                *sum += count.load(Ordering::Relaxed);
            }
        }
        let counted: u64 = latency.iter().sum();
        let quantile = |per_mille: u64| {
            let wanted = (counted * per_mille).div_ceil(1000).max(1);
            let mut seen = 0;
            latency
                .iter()
                .position(|count| {
                    seen += count;
                    seen >= wanted
                })
                .map_or(0, edge)
        };
        if let Some(mean_ns) = total_ns.checked_div(counted) {
            metrics.latency =
                LatencySummary { mean_ns, p50_ns: quantile(500), p95_ns: quantile(950), p99_ns: quantile(990) };
        }
        metrics
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
