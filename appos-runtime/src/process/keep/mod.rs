//! What is kept, where and how long. Instances lie in the month of their start. Months are made ahead; when all
//! instances of one have ended and it is old enough it is put away, and is gone in the end, if so wished.
//!
//! All programs may try at any time: whoever changes months is alone, and each change is a transaction that finds out
//! for itself whether there is something to do.

mod archive;
mod drop;
mod months;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

pub(super) use self::months::make_months;
use super::worker::Work;
use crate::config::ProcessConfig;
use crate::error::Result;
use crate::record::{Month, Store};

/// How often somebody looks whether another day has begun.
const LOOK: Duration = Duration::from_mins(1);
/// Wait before what others did not let is tried again: each try has them wait for a moment.
const AGAIN: Duration = Duration::from_mins(10);
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The last day on which this program has looked after what is kept.
pub(super) struct Tended(AtomicI64);

impl Default for Tended {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }
}

/// Looks after what is kept, once a day, until the program ends.
pub(super) async fn tend_daily(work: Arc<Work>) {
    while !work.is_closing() {
        let wait = match tend_today(&work).await {
            Ok(()) => LOOK,
            Err(error) => {
                tracing::warn!(%error, "what is kept of processes could not be looked after; it is tried again");
                AGAIN
            }
        };
        work.rest(wait).await;
    }
}

/// Looks after what is kept, if that was not done on this day.
///
/// # Errors
/// The database cannot be written, or others did not let it. What was done until then stays.
pub(super) async fn tend_today(work: &Work) -> Result<()> {
    let (now, tended) = (work.now(), &work.tended().0);
    let today = now.div_euclid(DAY);
    if tended.load(Ordering::Relaxed) == today {
        return Ok(());
    }
    tend(work.store(), &work.settings, now).await?;
    tended.store(today, Ordering::Relaxed);
    Ok(())
}

async fn tend(store: &Store, settings: &ProcessConfig, now: i64) -> Result<()> {
    make_months(store, now).await?;
    let this = Month::of(now);
    let (after, keep) = (settings.archive_after_months, settings.keep_archive_months);
    if after > 0 {
        archive::before(store, this.before(after)).await?;
    }
    if keep > 0 {
        drop::before(store, this.before(after.saturating_add(keep))).await?;
    }
    Ok(())
}
