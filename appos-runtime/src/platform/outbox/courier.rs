//! The worker of the outbox: looks for calls that are due and has them made, several at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::delivery::{Deliveries, millis};
use super::table;
use crate::config::OutboxConfig;
use crate::engine::Engine;
use crate::error::Result;
use crate::record::Store;

/// Wait before another look when calls are due but are being taken by another program.
const MOMENT: Duration = Duration::from_millis(50);

/// The running worker. Dropped without [`stop`](Self::stop) it ends as if its program had died.
pub(crate) struct Courier {
    deliveries: Arc<Deliveries>,
    /// Takes nothing more.
    closing: CancellationToken,
    /// Leaves everything as it is.
    killed: CancellationToken,
    running: TaskTracker,
    looking: Option<JoinHandle<()>>,
}

impl Courier {
    /// Begins to deliver.
    pub(crate) fn start(engine: &Arc<Engine>, store: &Arc<Store>, settings: &OutboxConfig) -> Self {
        let (engine, store) = (Arc::clone(engine), Arc::clone(store));
        let deliveries = Arc::new(Deliveries { engine, store, settings: settings.clone() });
        let mut courier = Self {
            deliveries: Arc::clone(&deliveries),
            closing: CancellationToken::new(),
            killed: CancellationToken::new(),
            running: TaskTracker::new(),
            looking: None,
        };
        if settings.concurrency > 0 {
            let (closing, killed, running) = (courier.closing.clone(), courier.killed.clone(), courier.running.clone());
            courier.looking = Some(tokio::spawn(look(deliveries, closing, killed, running)));
        }
        courier
    }

    /// Takes nothing more, and waits for the deliveries that run: as long as a call may take.
    /// What has not ended by then is made again by whoever finds its lease run out.
    pub(crate) async fn stop(mut self) {
        self.closing.cancel();
        if let Some(looking) = self.looking.take()
            && let Err(error) = looking.await
        {
            tracing::error!(%error, "the worker of the outbox failed");
        }
        self.running.close();
        let patience = self.deliveries.engine.settings.timeout;
        if tokio::time::timeout(patience, self.running.wait()).await.is_err() {
            tracing::warn!(running = self.running.len(), "deliveries did not end in time");
        }
    }

    /// Waits until every call was made or put aside, by this program or another.
    pub(crate) async fn idle(&self) -> Result<()> {
        outbox_idle(&self.deliveries.store).await
    }
}

/// Waits until nothing waits in the outbox of a database.
pub(crate) async fn outbox_idle(store: &Store) -> Result<()> {
    while table::next_due(store).await?.is_some() {
        tokio::time::sleep(MOMENT).await;
    }
    Ok(())
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.closing.cancel();
        self.killed.cancel();
    }
}

async fn look(
    deliveries: Arc<Deliveries>,
    closing: CancellationToken,
    killed: CancellationToken,
    running: TaskTracker,
) {
    let places = Arc::new(Semaphore::new(deliveries.settings.concurrency));
    while !closing.is_cancelled() {
        // Calls are taken only when they can begin: a lease is for making them.
        let Some(Ok(place)) = closing.run_until_cancelled(Arc::clone(&places).acquire_owned()).await else { return };
        let free = places.available_permits() + 1;
        drop(place);
        // Not given up half-way: what was taken is made.
        let taken = table::take(&deliveries.store, free, deliveries.lease(), deliveries.settings.max_attempts).await;
        let wait = match taken {
            Ok(taken) if !taken.is_empty() => {
                for taken in taken {
                    let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
                    let (deliveries, killed) = (Arc::clone(&deliveries), killed.clone());
                    running.spawn(async move {
                        killed.run_until_cancelled_owned(Box::pin(deliveries.deliver(taken))).await;
                        drop(place);
                    });
                }
                continue;
            }
            Ok(_) => until_due(&deliveries).await,
            Err(error) => {
                tracing::warn!(%error, "the outbox could not be read");
                deliveries.settings.poll
            }
        };
        tokio::select! {
            () = closing.cancelled() => {}
            () = deliveries.store.enqueued().notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// How long there is nothing to do, as far as this program knows.
async fn until_due(deliveries: &Deliveries) -> Duration {
    let poll = deliveries.settings.poll;
    match table::next_due(&deliveries.store).await {
        Ok(Some(due)) => {
            let left = due
                .saturating_sub(table::now(&deliveries.store))
                .clamp(millis(MOMENT), millis(poll).max(millis(MOMENT)));
            Duration::from_millis(left.unsigned_abs())
        }
        Ok(None) | Err(_) => poll,
    }
}
