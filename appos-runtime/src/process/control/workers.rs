//! The programs that run instances: which there are, and how many each is to run at the same time.

use serde::Serialize;

use crate::error::{AppOsError, Result};
use crate::platform::rules::{note, resource};
use crate::process::table;
use crate::process::worker::SharedClock;
use crate::record::{Store, transaction};
use crate::state::Ctx;
use crate::value::DateTime;

/// Most instances that one program runs at the same time, as the settings have it.
const MOST: i64 = 10_000;

/// A program that runs instances.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WorkerSeen {
    pub(crate) id: String,
    pub(crate) host: String,
    pub(crate) pid: i64,
    /// `all` or `worker`: what it does beside.
    pub(crate) role: String,
    pub(crate) version: String,
    /// `working`, `drained` if it takes nothing up, `stopping`, or `gone`: it was not heard of.
    pub(crate) state: &'static str,
    /// How many instances it runs at the same time, by its settings and now.
    pub(crate) configured: i64,
    pub(crate) concurrency: i64,
    /// What somebody has asked for; it heeds it with its next beat.
    pub(crate) wanted: Option<i64>,
    pub(crate) running: i64,
    pub(crate) started_at: Option<DateTime>,
    pub(crate) beat_at: Option<DateTime>,
}

/// The programs that run instances, and what was asked of all of them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WorkersSeen {
    pub(crate) workers: Vec<WorkerSeen>,
    /// How many instances each is to run, also those that begin from now on; `None`: as its settings say.
    pub(crate) all: Option<i64>,
}

/// Which programs run instances.
///
/// # Errors
/// The database cannot be read.
pub(super) async fn workers(ctx: &Ctx) -> Result<WorkersSeen> {
    let store = resource::<Store>(ctx)?;
    let (rows, scales) = (table::workers(store).await?, table::scales(store).await?);
    let asked = |of: &str| scales.iter().find(|(worker, ..)| worker == of).map(|(_, concurrency, _)| *concurrency);
    let (all, now) = (asked(table::ALL), resource::<SharedClock>(ctx)?.recent(store).await?);
    let seen = |row: table::WorkerRow| {
        let state = match () {
            () if row.is_gone(now) => "gone",
            () if row.stopping => "stopping",
            () if row.concurrency == 0 => "drained",
            () => "working",
        };
        WorkerSeen {
            state,
            wanted: asked(&row.id).or(all),
            running: if state == "gone" { 0 } else { row.running },
            id: row.id,
            host: row.host,
            pid: row.pid,
            role: row.role,
            version: row.version,
            configured: row.configured,
            concurrency: row.concurrency,
            started_at: DateTime::from_timestamp_millis(row.started_at),
            beat_at: DateTime::from_timestamp_millis(row.beat_at),
        }
    };
    Ok(WorkersSeen { workers: rows.into_iter().map(seen).collect(), all })
}

/// True if the database has heard of this program's workers not long ago.
///
/// # Errors
/// The database cannot be read.
#[cfg(feature = "web")]
pub(crate) async fn works_here(store: &Store, clock: &SharedClock) -> Result<bool> {
    let (host, pid) = (table::this_host(), i64::from(std::process::id()));
    let now = clock.recent(store).await?;
    let rows = table::workers(store).await?;
    Ok(rows.iter().any(|row| row.pid == pid && row.host == host && !row.is_gone(now)))
}

/// Says how many instances a program runs at the same time, or each of them.
///
/// # Errors
/// There is no such program, or the number is too large (both code `invalid_fields`); or the database cannot be written.
pub(super) async fn scale(ctx: &Ctx, worker: &str, concurrency: Option<i64>) -> Result<()> {
    if concurrency.is_some_and(|concurrency| !(0..=MOST).contains(&concurrency)) {
        let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        let message = format!("must be a whole number from 0 to {MOST}");
        return Err(wrong.field("concurrency", "out_of_range", message));
    }
    let store = resource::<Store>(ctx)?;
    let now = resource::<SharedClock>(ctx)?.recent(store).await?;
    let one = (worker != table::ALL).then_some(worker);
    if let Some(one) = one {
        let known = table::workers(store).await?;
        if !known.iter().any(|known| known.id == one && !known.is_gone(now)) {
            let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
            let message = "is no worker that is there: give the id of one, or `all`";
            return Err(wrong.field("worker", "unknown", message));
        }
    }
    let by = ctx.scope().user.id;
    transaction(async { table::set_scale(store, one, concurrency, (now, by)).await }).await?;
    let number = concurrency.map_or_else(|| "its settings".to_owned(), |number| number.to_string());
    note(ctx, "process_scaled", format!("worker {worker}, concurrency {number}"));
    // They need not wait for their next beat.
    store.bells().ask();
    Ok(())
}
