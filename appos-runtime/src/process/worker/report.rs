//! What a program says of its work with each beat, and what it is told of it: how many instances it is to run.

use std::time::Duration;

use super::Work;
use crate::error::{AppOsError, Result};
use crate::process::table::{self, WorkerRow};

/// Tells the database of this program, and heeds what is asked of it. What cannot be told now is told with the next
/// beat.
pub(super) async fn say(work: &Work) {
    tried(work, async {
        scale(work).await?;
        tell(work).await
    })
    .await;
}

/// Heeds what is asked, and tells of it if it is something new.
pub(super) async fn heed(work: &Work) {
    tried(work, async { if scale(work).await? { tell(work).await } else { Ok(()) } }).await;
}

async fn tell(work: &Work) -> Result<()> {
    let minutes = work.tally.untold();
    table::put_worker(&work.store, &row(work), &minutes).await?;
    work.tally.told(&minutes, work.now());
    Ok(())
}

/// Says for the last time what was done, and that this program works no longer.
pub(super) async fn leave(work: &Work) {
    if work.settings.concurrency > 0 {
        tried(work, table::leave(&work.store, &work.name, &work.tally.untold())).await;
    }
}

async fn tried(work: &Work, telling: impl Future<Output = Result<()>>) {
    // Never so long that a lease would run out meanwhile.
    let patience = (work.settings.lease / 6).max(Duration::from_millis(50));
    let told = tokio::time::timeout(patience, telling).await;
    if let Err(error) = told.unwrap_or_else(|_| Err(AppOsError::execution("the database does not answer"))) {
        tracing::warn!(%error, "the database could not be told of this worker");
    }
}

/// How many instances are to run here, as people have said, or as the settings do. True: it is another number now.
async fn scale(work: &Work) -> Result<bool> {
    let asked = table::scale_of(&work.store, &work.name).await?;
    let most = asked.unwrap_or(work.settings.concurrency);
    let before = work.places.most();
    if most != before {
        tracing::info!(before, now = most, "the number of processes that run here at the same time is another one");
        work.places.set_most(most);
    }
    Ok(most != before)
}

fn row(work: &Work) -> WorkerRow {
    WorkerRow {
        id: work.name.clone(),
        host: table::this_host(),
        pid: i64::from(std::process::id()),
        role: work.program.role.to_owned(),
        version: work.program.version.to_owned(),
        configured: count(work.settings.concurrency),
        concurrency: count(work.places.most()),
        running: count(work.places.taken()),
        stopping: work.is_closing(),
        started_at: work.begun_at,
        beat_at: work.now(),
        lease: work.lease(),
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
