//! How much there is to do, and how fast it is done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "web")]
use crate::engine::Engine;
use crate::error::Result;
use crate::platform::rules::resource;
use crate::process::table::{self, Counts, Depth};
use crate::process::worker::SharedClock;
use crate::record::Store;
use crate::registry::{ObjectDetail, ObjectKind};
use crate::security::Permission;
use crate::state::Ctx;
use crate::value::DateTime;

/// Milliseconds of a minute, and how many minutes are told of.
const MINUTE: i64 = 60_000;
const MINUTES: i64 = 60;
/// What a lease lasts if no worker says otherwise, in milliseconds.
const LEASE: i64 = 30_000;

/// Of what numbers are wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct StatsWanted {
    /// Name of an app.
    pub(crate) app: Option<String>,
    /// Reference of a process.
    pub(crate) process: Option<String>,
}

/// Numbers of the processes that the caller may see.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stats {
    /// One for each process, those with more to do first.
    pub(crate) processes: Vec<ProcessStats>,
    /// What was done in each of the last sixty minutes, the oldest first; the last one is not over.
    pub(crate) minutes: Vec<MinuteSeen>,
}

/// How many instances of a process there are now, and what was done with it in the last hour.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct ProcessStats {
    pub(crate) process: String,
    /// Could run at once, and wait for a worker.
    pub(crate) due: i64,
    /// For how many seconds the oldest of these does.
    pub(crate) oldest_due_s: Option<i64>,
    pub(crate) running: i64,
    /// For a moment, a signal, people, or another process.
    pub(crate) waiting: i64,
    /// Questions to people that nobody has answered.
    pub(crate) open_tasks: i64,
    pub(crate) failed: i64,
    pub(crate) parked: i64,
    pub(crate) last_hour: Done,
}

/// What was done in some time.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Done {
    pub(crate) started: i64,
    pub(crate) completed: i64,
    pub(crate) failed: i64,
    pub(crate) cancelled: i64,
    pub(crate) parked: i64,
    pub(crate) steps: i64,
}

/// What was done in a minute.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MinuteSeen {
    pub(crate) at: Option<DateTime>,
    #[serde(flatten)]
    pub(crate) done: Done,
}

impl Done {
    fn add(&mut self, counts: &Counts) {
        let Counts { started, completed, failed, cancelled, parked, steps } = *counts;
        self.started += started;
        self.completed += completed;
        self.failed += failed;
        self.cancelled += cancelled;
        self.parked += parked;
        self.steps += steps;
    }
}

/// Numbers of the processes that the caller may view.
///
/// # Errors
/// The database cannot be read.
pub(super) async fn stats(ctx: &Ctx, wanted: StatsWanted) -> Result<Stats> {
    let (store, scope) = (resource::<Store>(ctx)?, ctx.scope());
    let rights = scope.fresh_rights().await?;
    let is_wanted = |one: &Option<String>, is: &str| one.as_ref().is_none_or(|one| one == is);
    let seen: Vec<&str> = scope
        .engine
        .registry
        .objects()
        .iter()
        .filter(|object| object.kind == ObjectKind::Process && is_whole(&object.detail))
        .filter(|object| is_wanted(&wanted.app, object.app) && is_wanted(&wanted.process, object.reference))
        .filter(|object| rights.answer(object, Permission::View).allows())
        .map(|object| object.reference)
        .collect();
    let now = resource::<SharedClock>(ctx)?.recent(store).await?;
    let mut all = counted(store, now, &seen).await?;
    let present = now.div_euclid(MINUTE);
    let first = present.saturating_sub(MINUTES - 1);
    let mut minutes: Vec<MinuteSeen> = (first..=present)
        .map(|minute| MinuteSeen { at: DateTime::from_timestamp_millis(minute * MINUTE), done: Done::default() })
        .collect();
    for minute in table::minutes(store, first).await? {
        let Some(process) = all.get_mut(&minute.process) else { continue };
        process.last_hour.add(&minute.counts);
        let place = usize::try_from(minute.at - first).unwrap_or(usize::MAX);
        if let Some(seen) = minutes.get_mut(place) {
            seen.done.add(&minute.counts);
        }
    }
    let mut processes: Vec<ProcessStats> = all.into_values().collect();
    processes.sort_by_key(|stats| std::cmp::Reverse((stats.due, stats.running, stats.waiting)));
    Ok(Stats { processes, minutes })
}

/// How many instances of these processes there are now, by process.
async fn counted(store: &Store, now: i64, processes: &[&str]) -> Result<BTreeMap<String, ProcessStats>> {
    let lease = table::workers(store).await?.iter().map(|worker| worker.lease).max().unwrap_or(LEASE);
    // A lease may have been put off a moment ago, by a clock that is a little ahead.
    let horizon = now.saturating_add(lease).saturating_add(lease / 2);
    let depths = table::depths(store, processes, (now, horizon)).await?;
    let mut all: BTreeMap<String, ProcessStats> =
        depths.into_iter().map(|depth| (depth.process.clone(), told(depth, now))).collect();
    for (process, count) in table::tasks_open(store, processes).await? {
        all.entry(process).and_modify(|stats| stats.open_tasks = count);
    }
    Ok(all)
}

/// How many instances of each process there are now, whoever asks; what was done lately is left out.
///
/// # Errors
/// The database cannot be read.
#[cfg(feature = "web")]
pub(crate) async fn all_counted(engine: &Engine, store: &Store, clock: &SharedClock) -> Result<Vec<ProcessStats>> {
    let objects = engine.registry().objects().iter();
    let processes = objects.filter(|object| object.kind == ObjectKind::Process && is_whole(&object.detail));
    let names: Vec<&str> = processes.map(|object| object.reference).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    Ok(counted(store, clock.recent(store).await?, &names).await?.into_values().collect())
}

/// False of an earlier body: its instances are those of the process that has replaced it.
fn is_whole(detail: &ObjectDetail) -> bool {
    matches!(detail, ObjectDetail::Process(process) if process.earlier_of.is_none())
}

fn told(depth: Depth, now: i64) -> ProcessStats {
    ProcessStats {
        oldest_due_s: depth.due_since.filter(|_| depth.due > 0).map(|since| (now - since).max(0) / 1000),
        due: depth.due,
        running: depth.running,
        // Counted one after the other: something may have begun meanwhile.
        waiting: (depth.open - depth.due - depth.running).max(0),
        failed: depth.failed,
        parked: depth.parked,
        process: depth.process,
        ..ProcessStats::default()
    }
}
