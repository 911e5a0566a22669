//! What was counted of one object, apart from the threads that count: to be compared, added and summed up.

use super::LatencySummary;

/// Latency buckets: four to each doubling of time, from 64 ns up to about 70 s.
pub(crate) const BUCKETS: usize = 4 * 30;
const FIRST_OCTAVE: u32 = 6;

/// The bucket of a duration.
pub(super) fn bucket(ns: u64) -> usize {
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

/// Calls of one object in some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) calls: u64,
    /// Those that ended in an error other than a refusal.
    pub(crate) errors: u64,
    pub(crate) denied: u64,
    /// How long all of them took together.
    pub(crate) total_ns: u64,
    /// How many took how long.
    pub(crate) latency: [u64; BUCKETS],
}

impl Default for Counts {
    fn default() -> Self {
        Self { calls: 0, errors: 0, denied: 0, total_ns: 0, latency: [0; BUCKETS] }
    }
}

impl Counts {
    /// What was counted after an earlier look at the same object.
    #[cfg(feature = "web")]
    pub(crate) fn since(&self, earlier: &Self) -> Self {
        let mut since = self.clone();
        since.calls = since.calls.saturating_sub(earlier.calls);
        since.errors = since.errors.saturating_sub(earlier.errors);
        since.denied = since.denied.saturating_sub(earlier.denied);
        since.total_ns = since.total_ns.saturating_sub(earlier.total_ns);
        for (count, before) in since.latency.iter_mut().zip(&earlier.latency) {
            *count = count.saturating_sub(*before);
        }
        since
    }

    /// Adds what was counted elsewhere, or at another time.
    #[cfg(feature = "web")]
    pub(crate) fn add(&mut self, other: &Self) {
        self.calls = self.calls.saturating_add(other.calls);
        self.errors = self.errors.saturating_add(other.errors);
        self.denied = self.denied.saturating_add(other.denied);
        self.total_ns = self.total_ns.saturating_add(other.total_ns);
        for (count, more) in self.latency.iter_mut().zip(&other.latency) {
            *count = count.saturating_add(*more);
        }
    }

    /// How long calls took.
    pub(crate) fn summary(&self) -> LatencySummary {
        let counted: u64 = self.latency.iter().sum();
        let quantile = |per_mille: u64| {
            let wanted = counted.saturating_mul(per_mille).div_ceil(1000).max(1);
            let mut seen = 0;
            let found = self.latency.iter().position(|count| {
                seen += count;
                seen >= wanted
            });
            found.map_or(0, edge)
        };
        let Some(mean_ns) = self.total_ns.checked_div(counted) else { return LatencySummary::default() };
        LatencySummary { mean_ns, p50_ns: quantile(500), p95_ns: quantile(950), p99_ns: quantile(990) }
    }

    /// How many calls took less than `2^octave` nanoseconds, which is an edge of a bucket.
    #[cfg(feature = "web")]
    pub(crate) fn below(&self, octave: u32) -> u64 {
        let buckets = octave.saturating_sub(FIRST_OCTAVE) as usize * 4;
        self.latency.iter().take(buckets).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(durations: &[u64]) -> Counts {
        let mut counts = Counts::default();
        for ns in durations {
            counts.calls += 1;
            counts.total_ns += ns;
            counts.latency[bucket(*ns)] += 1;
        }
        counts
    }

    #[test]
    fn quantiles_are_at_most_a_quarter_too_high() {
        let counts = of(&(1..=1000).map(|of| of * 1_000).collect::<Vec<_>>());
        let summary = counts.summary();
        for (found, exact) in [(summary.p50_ns, 500_000), (summary.p95_ns, 950_000), (summary.p99_ns, 990_000)] {
            assert!((exact..=exact * 5 / 4).contains(&found), "{found} for {exact}");
        }
        assert_eq!(Counts::default().summary(), LatencySummary::default());
    }

    #[cfg(feature = "web")]
    #[test]
    fn what_was_counted_since_and_what_was_before_are_the_whole() {
        let (before, all) = (of(&[100, 5_000_000]), of(&[100, 5_000_000, 70, 2_000]));
        let mut sum = all.since(&before);
        assert_eq!((sum.calls, sum.total_ns), (2, 2_070));
        sum.add(&before);
        assert_eq!(sum, all);
        assert_eq!((all.below(11), all.below(20), all.below(40)), (3, 3, 4), "2 µs are less than 2^11 ns");
    }
}
