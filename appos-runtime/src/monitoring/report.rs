//! How objects were used in a window, in figures that people read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::gauges::Gauges;
use super::monitor::Monitor;
use super::table;
use super::window::Window;
use crate::engine::{Counts, Engine};
use crate::error::{AppOsError, Result};
use crate::record::Store;
use crate::value::DateTime;

/// Of what metrics are wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MetricsWanted {
    /// `1h`, `24h`, `7d` or `30d`; without it, `24h`.
    pub(crate) window: Option<String>,
    /// Reference of an object, of which all points are told.
    pub(crate) object: Option<String>,
    /// Name of an app.
    pub(crate) app: Option<String>,
}

/// How objects were used.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Metrics {
    pub(crate) window: &'static str,
    /// When the first bucket begins.
    pub(crate) since: Option<DateTime>,
    /// Length of a bucket, in seconds.
    pub(crate) step_s: i64,
    /// Those that were called, with the most calls first.
    pub(crate) objects: Vec<ObjectUse>,
    /// Numbers of this moment.
    pub(crate) now: Gauges,
}

/// How an object was used. Times are milliseconds; quantiles are at most a quarter too high.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ObjectUse {
    pub(crate) object: String,
    pub(crate) calls: u64,
    /// Calls that ended in an error other than a refusal.
    pub(crate) errors: u64,
    pub(crate) denied: u64,
    /// Errors by calls, from 0 to 1.
    pub(crate) error_rate: f64,
    pub(crate) mean_ms: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p95_ms: f64,
    pub(crate) p99_ms: f64,
    /// Calls in each bucket, the oldest first; the last one is not over.
    pub(crate) trend: Vec<u64>,
    /// The same with everything else, if one object was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) points: Vec<Point>,
}

/// How an object was used in a bucket.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Point {
    pub(crate) at: Option<DateTime>,
    pub(crate) calls: u64,
    pub(crate) errors: u64,
    pub(crate) denied: u64,
    pub(crate) mean_ms: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p95_ms: f64,
    pub(crate) p99_ms: f64,
}

/// Reads them: what the database has of all programs, and what this one has not told it yet.
///
/// # Errors
/// There is no such window or object (code `invalid_fields`), or the database cannot be read.
pub(super) async fn read(monitor: &Monitor, engine: &Engine, store: &Store, wanted: &MetricsWanted) -> Result<Metrics> {
    let window = Window::named(wanted.window.as_deref())?;
    let object = wanted.object.as_deref();
    if let Some(object) = object.filter(|object| engine.registry().find(object).is_none()) {
        let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        return Err(wrong.field("object", "unknown_object", format!("`{object}` is no object of this platform")));
    }
    let now = store.now().timestamp();
    let (kept, untold) = monitor.told.beside(engine, table::read(store, window, now, object)).await?;
    let mut uses: BTreeMap<String, Used> = BTreeMap::new();
    let is_wanted = |reference: &str| {
        let of_app = wanted.app.as_deref().is_none_or(|app| reference.split('.').next() == Some(app));
        of_app && object.is_none_or(|object| object == reference)
    };
    let mut add = |object: &str, at: i64, counts: &Counts| {
        if is_wanted(object) {
            uses.entry(object.to_owned()).or_default().add(window, now, at, counts);
        }
    };
    for bucket in &kept {
        add(&bucket.object, bucket.at, &bucket.counts);
    }
    for (object, counts) in &untold {
        add(object, window.bucket(now), counts);
    }
    let first = window.first(now);
    let told = |(reference, used): (String, Used)| used.told(reference, (window, first), object.is_some());
    let mut objects: Vec<ObjectUse> = uses.into_iter().map(told).collect();
    objects.sort_by(|one, other| other.calls.cmp(&one.calls).then_with(|| one.object.cmp(&other.object)));
    Ok(Metrics {
        window: window.name,
        since: DateTime::from_timestamp(first, 0),
        step_s: window.step,
        objects,
        now: monitor.gauges(engine).await,
    })
}

/// What was counted of an object: in all, and in each bucket of the window.
#[derive(Default)]
struct Used {
    all: Counts,
    buckets: BTreeMap<usize, Counts>,
}

impl Used {
    fn add(&mut self, window: Window, now: i64, at: i64, counts: &Counts) {
        self.all.add(counts);
        let place = at.saturating_sub(window.first(now)).div_euclid(window.step);
        if let Ok(place) = usize::try_from(place) {
            self.buckets.entry(place).or_default().add(counts);
        }
    }

    fn told(self, object: String, (window, first): (Window, i64), with_points: bool) -> ObjectUse {
        let empty = Counts::default();
        let places = 0..=usize::try_from(window.buckets).unwrap_or(0);
        let in_bucket = |place: usize| self.buckets.get(&place).unwrap_or(&empty);
        let trend = places.clone().map(|place| in_bucket(place).calls).collect();
        let at = |place: usize| {
            let passed = window.step.saturating_mul(i64::try_from(place).unwrap_or(0));
            DateTime::from_timestamp(first.saturating_add(passed), 0)
        };
        let points =
            if with_points { places.map(|place| point(at(place), in_bucket(place))).collect() } else { Vec::new() };
        let Point { calls, errors, denied, mean_ms, p50_ms, p95_ms, p99_ms, .. } = point(None, &self.all);
        let error_rate = part(errors, calls);
        ObjectUse { object, calls, errors, denied, error_rate, mean_ms, p50_ms, p95_ms, p99_ms, trend, points }
    }
}

fn point(at: Option<DateTime>, counts: &Counts) -> Point {
    let summary = counts.summary();
    Point {
        at,
        calls: counts.calls,
        errors: counts.errors,
        denied: counts.denied,
        mean_ms: milliseconds(summary.mean_ns),
        p50_ms: milliseconds(summary.p50_ns),
        p95_ms: milliseconds(summary.p95_ns),
        p99_ms: milliseconds(summary.p99_ns),
    }
}

/// Milliseconds, to the microsecond.
#[expect(clippy::cast_precision_loss, reason = "a count of microseconds is far from where floats have gaps")]
fn milliseconds(ns: u64) -> f64 {
    ns.div_ceil(1000) as f64 / 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a part of a whole")]
fn part(of: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { of as f64 / all as f64 }
}
