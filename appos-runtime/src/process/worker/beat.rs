//! The sign of life of the instances that run here, and what is asked of them meanwhile.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Work, report};
use crate::error::Result;
use crate::process::table;

/// What is asked within this time is looked for at once.
const TOGETHER: Duration = Duration::from_millis(50);

/// Puts leases off until the program ends.
pub(super) async fn beat_all(work: Arc<Work>) {
    let every = work.settings.lease / 3;
    let mut looked = Instant::now();
    report::say(&work).await;
    loop {
        let is_asked = tokio::select! {
            () = tokio::time::sleep(every) => false,
            // Not with each of many that are asked something.
            () = asked(&work) => true,
        };
        // One that is not answered is given up: another connection may fare better.
        let beating = async {
            if looked.elapsed() >= every / 2 {
                looked = Instant::now();
                work.set_clock().await?;
            }
            beat(&work).await
        };
        match tokio::time::timeout(every, beating).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the leases of processes could not be put off"),
            Err(_) => tracing::warn!("the database does not answer: the leases of processes were not put off"),
        }
        if is_asked { report::heed(&work).await } else { report::say(&work).await }
    }
}

async fn asked(work: &Work) {
    work.store.bells().asked.notified().await;
    tokio::time::sleep(TOGETHER).await;
}

async fn beat(work: &Work) -> Result<()> {
    let held: Vec<_> = work.running().iter().map(|(id, held)| (*id, held.fence)).collect();
    if held.is_empty() {
        return Ok(());
    }
    // Before the database is asked: when it does what it was asked is not known.
    let asked = Instant::now();
    let beaten = table::beat(&work.store, &held, work.now().saturating_add(work.lease())).await?;
    let mut running = work.running();
    for (id, fence) in held {
        let Some(held) = running.get_mut(&id).filter(|held| held.fence == fence) else { continue };
        match beaten.iter().find(|beaten| beaten.id == id) {
            Some(beaten) => {
                held.until = work.surely_until(asked);
                if beaten.cancelled {
                    held.run.ended.cancel();
                }
            }
            None => held.lost.cancel(),
        }
    }
    Ok(())
}

/// Lets instances go whose lease could not be put off, before others take them up.
pub(super) async fn let_go_all(work: Arc<Work>) {
    let every = (work.settings.lease / 20).max(Duration::from_millis(5));
    loop {
        tokio::time::sleep(every).await;
        let now = Instant::now();
        for held in work.running().values().filter(|held| held.until <= now && !held.lost.is_cancelled()) {
            tracing::warn!(instance = %held.run.id, "a process was let go: its lease could not be put off");
            held.lost.cancel();
        }
    }
}
