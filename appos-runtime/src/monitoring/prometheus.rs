//! What a program has counted, in the text format of Prometheus.

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use super::gauges::Gauges;
use super::health::{Check, Health, State};
use super::monitor::Monitor;
use crate::engine::{Counts, Engine};
use crate::error::{AppOsError, Result};

/// Edges of the buckets that are told, as powers of two in nanoseconds: from 16 µs to 17 s, four times as much each.
const OCTAVES: [u32; 11] = [14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34];

/// The text.
///
/// # Errors
/// It cannot be written, which memory that is there rules out.
pub(super) async fn text(monitor: &Monitor, engine: &Engine) -> Result<String> {
    let (gauges, health) = (monitor.gauges(engine).await, monitor.health(engine).await);
    let objects = engine.counts().filter(|(_, counts)| counts.calls > 0);
    let objects = objects.map(|(object, counts)| (object.reference, counts)).collect();
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Snapshot { objects, gauges, health }));
    let mut text = String::new();
    prometheus_client::encoding::prometheus_text::encode(&mut text, &registry)
        .map_err(|error| AppOsError::execution("the metrics cannot be written").caused_by(error))?;
    Ok(text)
}

/// Everything that is told, as it was when somebody asked.
#[derive(Debug)]
struct Snapshot {
    objects: Vec<(&'static str, Counts)>,
    gauges: Gauges,
    health: Health,
}

impl Collector for Snapshot {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        self.calls(&mut encoder)?;
        self.durations(&mut encoder)?;
        self.program(&mut encoder)?;
        self.work(&mut encoder)?;
        self.needs(&mut encoder)
    }
}

type Written = Result<(), fmt::Error>;

impl Snapshot {
    fn calls(&self, encoder: &mut DescriptorEncoder<'_>) -> Written {
        let help = "Calls of an object, by how they ended";
        let mut family = encoder.encode_descriptor("appos_object_calls", help, None, MetricType::Counter)?;
        for (object, counts) in &self.objects {
            let Counts { calls, errors, denied, .. } = counts;
            let ok = calls.saturating_sub(*errors).saturating_sub(*denied);
            for (outcome, count) in [("ok", ok), ("error", *errors), ("denied", *denied)] {
                let labels = [("object", *object), ("outcome", outcome)];
                ConstCounter::new(count).encode(family.encode_family(&labels)?)?;
            }
        }
        Ok(())
    }

    fn durations(&self, encoder: &mut DescriptorEncoder<'_>) -> Written {
        let (name, help) = ("appos_object_duration_seconds", "How long calls of an object took");
        let mut family = encoder.encode_descriptor(name, help, None, MetricType::Histogram)?;
        for (object, counts) in &self.objects {
            histogram(family.encode_family(&[("object", *object)])?, counts)?;
        }
        Ok(())
    }

    /// What this program alone knows.
    fn program(&self, encoder: &mut DescriptorEncoder<'_>) -> Written {
        let Gauges { decisions, journal, database, .. } = &self.gauges;
        let worked_out = "Decisions about access that were not remembered";
        counter(encoder, ("appos_decisions_worked_out", worked_out), decisions.worked_out)?;
        gauge(encoder, ("appos_journal_waiting", "Log lines that wait to be written"), journal.waiting)?;
        counter(encoder, ("appos_journal_lost", "Log lines that found no room in the queue"), journal.lost)?;
        counter(encoder, ("appos_journal_failed", "Log lines that the disk did not take"), journal.failed)?;
        let connections = ("appos_database_connections", "Connections to the database");
        let in_use = database.in_use;
        let states = [("idle", database.open.saturating_sub(in_use)), ("in_use", in_use)];
        gauges(encoder, connections, states.map(|(state, count)| ([("state", state)], count)))?;
        let most = ("appos_database_connections_max", "Most connections to the database");
        gauge(encoder, most, database.most)
    }

    /// What there is to do, for all programs of the platform.
    fn work(&self, encoder: &mut DescriptorEncoder<'_>) -> Written {
        if let Some(outbox) = &self.gauges.outbox {
            gauge(encoder, ("appos_outbox_waiting", "Calls that wait in the outbox"), outbox.waiting)?;
            gauge(encoder, ("appos_outbox_parked", "Calls of the outbox that were put aside"), outbox.parked)?;
            let lag = ("appos_outbox_lag_seconds", "For how long the oldest call waits that is due");
            gauge(encoder, lag, outbox.oldest_due_s.unwrap_or(0))?;
        }
        let Some(processes) = &self.gauges.processes else { return Ok(()) };
        let instances = ("appos_process_instances", "Instances of a process, by what becomes of them");
        let counts = processes.iter().flat_map(|of| {
            let states = [
                ("due", of.due),
                ("running", of.running),
                ("waiting", of.waiting),
                ("failed", of.failed),
                ("parked", of.parked),
            ];
            states.map(|(state, count)| ([("process", of.process.as_str()), ("state", state)], count))
        });
        gauges(encoder, instances, counts)?;
        let tasks = ("appos_process_open_tasks", "Questions to people that nobody has answered");
        gauges(encoder, tasks, processes.iter().map(|of| ([("process", of.process.as_str())], of.open_tasks)))?;
        let lag = ("appos_process_lag_seconds", "For how long the oldest instance waits that is due");
        let late = processes.iter().map(|of| ([("process", of.process.as_str())], of.oldest_due_s.unwrap_or(0)));
        gauges(encoder, lag, late)
    }

    /// What this program needs.
    fn needs(&self, encoder: &mut DescriptorEncoder<'_>) -> Written {
        let ready = ("appos_ready", "1 if requests are welcome");
        gauge(encoder, ready, u64::from(self.health.status.is_ready()))?;
        let healthy = ("appos_healthy", "1 if this program has what it needs");
        let of = |check: &Check| ([("check", check.name)], u64::from(check.state == State::Ok));
        gauges(encoder, healthy, self.health.checks.iter().map(of))?;
        let started = ("appos_start_time_seconds", "When this program began, in seconds since 1970");
        gauge(encoder, started, self.health.started_at.timestamp())
    }
}

fn histogram(mut encoder: MetricEncoder<'_>, counts: &Counts) -> Written {
    // With the bucket that has no edge, which is added by itself.
    let counted = counts.latency.iter().sum();
    let mut before = 0;
    let mut buckets = Vec::with_capacity(OCTAVES.len());
    for octave in OCTAVES {
        let below = counts.below(octave);
        buckets.push((seconds(1 << octave), below.saturating_sub(before)));
        before = below;
    }
    encoder.encode_histogram::<NoLabelSet>(seconds(counts.total_ns), counted, &buckets, None)
}

#[expect(clippy::cast_precision_loss, reason = "a sum of times, of which nobody needs each nanosecond")]
fn seconds(ns: u64) -> f64 {
    ns as f64 / 1e9
}

fn counter(encoder: &mut DescriptorEncoder<'_>, (name, help): (&str, &str), count: u64) -> Written {
    ConstCounter::new(count).encode(encoder.encode_descriptor(name, help, None, MetricType::Counter)?)
}

fn gauge<N>(encoder: &mut DescriptorEncoder<'_>, (name, help): (&str, &str), number: N) -> Written
where
    ConstGauge<N>: EncodeMetric,
{
    ConstGauge::new(number).encode(encoder.encode_descriptor(name, help, None, MetricType::Gauge)?)
}

/// A gauge with a value for each of some labels.
fn gauges<N, L: EncodeLabelSet>(
    encoder: &mut DescriptorEncoder<'_>,
    (name, help): (&str, &str),
    numbers: impl IntoIterator<Item = (L, N)>,
) -> Written
where
    ConstGauge<N>: EncodeMetric,
{
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
    for (labels, number) in numbers {
        ConstGauge::new(number).encode(family.encode_family(&labels)?)?;
    }
    Ok(())
}
