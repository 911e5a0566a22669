//! Looks for instances that are due, and runs several at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Work, body, millis};
use crate::error::AppOsError;
use crate::process::table::{self, Taking};

/// Wait before another look when instances are due but are being taken up by another worker.
const MOMENT: Duration = Duration::from_millis(50);
/// Free places are few if they are less than one in so many; then more are waited for, for a moment.
const FEW: usize = 4;
const SHORTLY: Duration = Duration::from_millis(2);
/// Programs that may end in an instance, one after the other and without any progress, before it is put aside.
const MAX_CLAIMS: i64 = 10;

pub(super) async fn look(work: Arc<Work>, killed: CancellationToken, running: TaskTracker) {
    let closing = work.closing.clone();
    while let Err(error) = work.set_clock().await {
        tracing::warn!(%error, "the database's clock could not be read");
        if closing.run_until_cancelled(tokio::time::sleep(work.settings.poll)).await.is_none() {
            return;
        }
    }
    *work.quiet_until() = None;
    while !closing.is_cancelled() {
        if closing.run_until_cancelled(work.places.free()).await.is_none() {
            return;
        }
        let wait = until_due(&work).await;
        if !wait.is_zero() {
            tokio::select! {
                () = closing.cancelled() => {}
                () = work.store.bells().due.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
            continue;
        }
        let mut free = work.places.free_now();
        // Where all work, several end at the same time: they are followed together.
        if free * FEW < work.places.most() {
            tokio::time::sleep(SHORTLY).await;
            free = work.places.free_now();
        }
        if free == 0 {
            continue;
        }
        let until = work.surely_until(Instant::now());
        let taking = Taking {
            worker: &work.name,
            now: work.now(),
            lease: work.lease(),
            max_claims: MAX_CLAIMS,
            takes_over: work.may_take_over(),
        };
        // Not given up half-way: what was taken up is run. What was taken so slowly is others' again by then.
        let taking = table::take(&work.store, &work.keys, free, &taking);
        let taken = match tokio::time::timeout(work.settings.lease, taking).await {
            Ok(taken) => taken,
            Err(_) => Err(AppOsError::execution("the database does not answer")),
        };
        let wait = match taken {
            Ok(taken) if !taken.is_empty() => {
                for taken in taken {
                    let place = work.places.take();
                    if taken.fence == 1 {
                        work.tally.note(work.now(), &taken.within, |counts| counts.started += 1);
                    }
                    let (work, killed) = (Arc::clone(&work), killed.clone());
                    running.spawn(async move {
                        killed.run_until_cancelled_owned(Box::pin(body::run(work, taken, until))).await;
                        drop(place);
                    });
                }
                continue;
            }
            Ok(_) => MOMENT,
            Err(error) => {
                tracing::warn!(%error, "processes that are due could not be read");
                work.settings.poll
            }
        };
        tokio::select! {
            () = closing.cancelled() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// How long there is nothing to do, as far as this program knows.
async fn until_due(work: &Work) -> Duration {
    let poll = work.settings.poll;
    let asked = tokio::time::timeout(work.settings.lease, table::next_due(&work.store)).await;
    match asked.unwrap_or_else(|_| Err(AppOsError::execution("the database does not answer"))) {
        Ok(Some(due)) => Duration::from_millis(due.saturating_sub(work.now()).clamp(0, millis(poll)).unsigned_abs()),
        Ok(None) => poll,
        Err(error) => {
            tracing::warn!(%error, "processes that are due could not be read");
            poll
        }
    }
}
