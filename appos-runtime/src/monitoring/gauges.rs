//! How much there is to do, and how much is in use: numbers of this moment.

use serde::Serialize;

use crate::engine::Engine;
use crate::platform::{OutboxDepth, outbox_depth};
use crate::process::{ProcessStats, SharedClock, all_counted};
use crate::record::{PoolUse, Store};
use crate::security::worked_out;

/// Numbers of this moment. What the database does not tell is left out.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Gauges {
    pub(crate) decisions: Decisions,
    pub(crate) journal: Journal,
    pub(crate) database: Pool,
    pub(crate) outbox: Option<OutboxDepth>,
    pub(crate) processes: Option<Vec<ProcessStats>>,
}

/// How often this program had to work out whether something is allowed.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Decisions {
    /// Calls, each of which needs a decision.
    pub(crate) calls: u64,
    /// Decisions that were not remembered.
    pub(crate) worked_out: u64,
    /// Part of the calls whose decision was remembered, from 0 to 1.
    pub(crate) hit_rate: f64,
}

/// The log files of this program.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Journal {
    /// Lines that wait to be written.
    pub(crate) waiting: u64,
    /// Lines that found no room in the queue.
    pub(crate) lost: u64,
    /// Lines that the disk did not take.
    pub(crate) failed: u64,
}

/// The connections of this program to the database.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Pool {
    pub(crate) open: u64,
    pub(crate) in_use: u64,
    pub(crate) most: u64,
}

/// Reads them.
pub(super) async fn read(engine: &Engine) -> Gauges {
    let store = engine.resource::<Store>();
    let PoolUse { open, idle, most } = store.map(Store::pool_use).unwrap_or_default();
    let (mut outbox, mut processes) = (None, None);
    if let Some(store) = store {
        outbox = told(outbox_depth(store).await);
        if let Some(clock) = engine.resource::<SharedClock>() {
            processes = told(all_counted(engine, store, clock).await);
        }
    }
    Gauges {
        decisions: decisions(engine),
        journal: Journal {
            waiting: u64::try_from(engine.journal().waiting()).unwrap_or(u64::MAX),
            lost: engine.journal().lost(),
            failed: engine.journal().failed(),
        },
        database: Pool { open, in_use: open.saturating_sub(idle), most },
        outbox,
        processes,
    }
}

fn told<T>(answer: crate::error::Result<T>) -> Option<T> {
    answer.map_err(|error| tracing::warn!(%error, "a number of the metrics could not be read")).ok()
}

fn decisions(engine: &Engine) -> Decisions {
    let calls: u64 = engine.counts().map(|(_, counts)| counts.calls).sum();
    let worked_out = worked_out();
    #[expect(clippy::cast_precision_loss, reason = "a part of a whole")]
    let hit_rate = match calls {
        0 => 0.0,
        // Pages ask what somebody may do without doing it: there may be more of these than calls.
        calls => calls.saturating_sub(worked_out) as f64 / calls as f64,
    };
    Decisions { calls, worked_out, hit_rate }
}
