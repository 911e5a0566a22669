//! Writes what was counted to the database, again and again, beside all calls: they only count.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::monitor::Monitor;
use super::table;
use crate::engine::{Counts, Engine};
use crate::error::Result;
use crate::record::Store;

/// How long the last writing of a program that ends may take.
const LAST: Duration = Duration::from_secs(5);

/// The task that writes. Dropped without [`stop`](Self::stop) it ends as if its program had died.
pub(crate) struct Recorder {
    engine: Arc<Engine>,
    closing: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl Recorder {
    /// Begins to write.
    pub(crate) fn start(engine: &Arc<Engine>, interval: Duration) -> Self {
        let (engine, closing) = (Arc::clone(engine), CancellationToken::new());
        let task = tokio::spawn({
            let (engine, closing) = (Arc::clone(&engine), closing.clone());
            async move {
                while closing.run_until_cancelled(tokio::time::sleep(interval)).await.is_some() {
                    write(&engine).await;
                }
            }
        });
        Self { engine, closing, task: Some(task) }
    }

    /// Writes what is left. Nothing is to be called any more.
    pub(crate) async fn stop(mut self) {
        self.closing.cancel();
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the task that keeps metrics failed");
        }
        if tokio::time::timeout(LAST, write(&self.engine)).await.is_err() {
            tracing::warn!("the metrics of the last minute could not be written in time");
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.closing.cancel();
    }
}

async fn write(engine: &Engine) {
    let (Some(monitor), Some(store)) = (engine.resource::<Monitor>(), engine.resource::<Store>()) else { return };
    if let Err(error) = monitor.told.write(engine, store).await {
        tracing::warn!(%error, "metrics could not be written: they are written with the next ones");
    }
}

/// What the database has been told of already, by the place of each object in the registry.
#[derive(Default)]
pub(super) struct Told(tokio::sync::Mutex<Vec<Counts>>);

impl Told {
    /// Writes what it has not been told of.
    ///
    /// # Errors
    /// The database cannot be written: everything is written the next time.
    async fn write(&self, engine: &Engine, store: &Store) -> Result<()> {
        let mut told = self.0.lock().await;
        let (all, untold) = look(engine, &told);
        if !untold.is_empty() {
            table::add(store, store.now().timestamp(), &untold).await?;
        }
        *told = all;
        Ok(())
    }

    /// Reads something of the table together with what stands in it not yet: nothing is written meanwhile.
    pub(super) async fn beside<T>(
        &self,
        engine: &Engine,
        read: impl Future<Output = Result<T>>,
    ) -> Result<(T, Vec<(&'static str, Counts)>)> {
        let told = self.0.lock().await;
        Ok((read.await?, look(engine, &told).1))
    }
}

/// What there is, and what of it nobody was told of.
fn look(engine: &Engine, told: &[Counts]) -> (Vec<Counts>, Vec<(&'static str, Counts)>) {
    let (mut all, mut untold) = (Vec::new(), Vec::new());
    for (place, (object, counts)) in engine.counts().enumerate() {
        let since = match told.get(place) {
            Some(told) => counts.since(told),
            None => counts.clone(),
        };
        if since.calls > 0 {
            untold.push((object.reference, since));
        }
        all.push(counts);
    }
    (all, untold)
}
