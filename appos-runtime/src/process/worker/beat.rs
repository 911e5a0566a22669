//! The sign of life of the instances that run here, and what is asked of them meanwhile.

use std::sync::Arc;
use std::time::Instant;

use super::Work;
use crate::process::table;

/// Puts leases off until the program ends.
pub(super) async fn beat_all(work: Arc<Work>) {
    let every = work.settings.lease / 3;
    let mut last = Instant::now();
    loop {
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = work.store.bells().asked.notified() => {}
        }
        let held: Vec<_> = work.running().iter().map(|(id, held)| (*id, held.fence)).collect();
        if held.is_empty() {
            last = Instant::now();
            continue;
        }
        let until = work.now().saturating_add(work.lease());
        match table::beat(&work.store, &held, until).await {
            Ok(beaten) => {
                last = Instant::now();
                let running = work.running();
                for (id, fence) in held {
                    let Some(held) = running.get(&id).filter(|held| held.fence == fence) else { continue };
                    match beaten.iter().find(|beaten| beaten.id == id) {
                        Some(beaten) if beaten.cancelled => held.run.ended.cancel(),
                        Some(_) => {}
                        None => held.lost.cancel(),
                    }
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the leases of processes could not be put off");
                // Others may have taken them up by now.
                if last.elapsed() >= work.settings.lease {
                    work.running().values().for_each(|held| held.lost.cancel());
                }
            }
        }
    }
}
