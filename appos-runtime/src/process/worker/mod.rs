//! The workers of processes: they take instances up that are due, run them as far as they go, and write what
//! comes of it.

mod beat;
mod body;
mod look;
mod writer;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

pub(super) use self::body::current_run;
pub(super) use self::writer::WriteFault;
use self::writer::Written;
use super::run::{Changes, End, Run};
use super::table::{self, Batch};
use super::trigger::start_due;
use crate::config::ProcessConfig;
use crate::engine::Engine;
use crate::error::Result;
use crate::record::Store;
use crate::vault::SecretKeys;

/// An instance that waits for less than this stays where it is.
const LINGER: Duration = Duration::from_secs(1);

/// What runs of instances share.
pub(crate) struct Work {
    engine: Arc<Engine>,
    store: Arc<Store>,
    keys: Arc<SecretKeys>,
    pub(super) settings: ProcessConfig,
    /// By which the database knows this program.
    name: String,
    writes: mpsc::UnboundedSender<Written>,
    running: Mutex<HashMap<Uuid, Held>>,
    /// Takes nothing more up, and begins no more steps.
    closing: CancellationToken,
    linger: i64,
    anchor: Instant,
    anchor_ms: i64,
    anchor_moved_ms: i64,
}

/// Longest time for which nobody looks whether something starts by itself: a clock may have been set.
const LONGEST_LOOK: Duration = Duration::from_secs(20);

/// An instance that runs here.
struct Held {
    fence: i64,
    run: Arc<Run>,
    /// It is no longer ours.
    lost: CancellationToken,
}

impl Work {
    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(super) fn shared_engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// The moment, in milliseconds since 1970. The clock of the machine may be set meanwhile: it is looked at once.
    pub(super) fn now(&self) -> i64 {
        let since = i64::try_from(self.anchor.elapsed().as_millis()).unwrap_or(i64::MAX);
        // A test moves the platform's clock.
        let moved = self.engine.clock.moved_us() / 1000 - self.anchor_moved_ms;
        self.anchor_ms.saturating_add(since).saturating_add(moved)
    }

    /// Up to when an instance waits where it is.
    pub(super) fn soon(&self) -> i64 {
        self.now().saturating_add(self.linger)
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.is_cancelled()
    }

    /// How long a lease lasts, in milliseconds.
    fn lease(&self) -> i64 {
        millis(self.settings.lease)
    }

    fn running(&self) -> MutexGuard<'_, HashMap<Uuid, Held>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wait before the try after so many: twice as long each time, and somewhat less by chance, so that what failed
    /// together does not come again together.
    pub(super) fn backoff(&self, first: Duration, made: u32) -> i64 {
        let doubled = first.saturating_mul(2_u32.saturating_pow(made.saturating_sub(1)));
        millis(doubled.min(self.settings.max_backoff.max(first)).mul_f64(0.5 + fastrand::f64() / 2.0))
    }

    /// Has something of an instance written.
    pub(super) fn write(
        &self,
        run: &Run,
        changes: Changes,
        end: Option<End>,
    ) -> oneshot::Receiver<Result<(), WriteFault>> {
        let (answer, written) = oneshot::channel();
        let batch = Batch {
            id: run.id,
            fence: run.fence,
            wakes: run.wakes,
            parent: run.parent.zip(run.parent_place.clone()),
            has_tasks: end.is_some() && run.state().history.has_tasks(),
            changes,
            end,
        };
        // A writer that is gone drops the answer, which says that it was not written.
        self.writes.send(Written { batch, answer }).ok();
        written
    }
}

pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Starts what starts by itself, until the program ends.
async fn start_by_schedule(work: Arc<Work>) {
    while !work.is_closing() {
        let wait = match start_due(&work).await {
            // Nothing has a schedule, which stays so.
            Ok(None) => return,
            Ok(Some(wait)) => wait.clamp(Duration::from_millis(1), LONGEST_LOOK),
            Err(error) => {
                tracing::warn!(%error, "the schedules of processes could not be read");
                LONGEST_LOOK
            }
        };
        work.closing.run_until_cancelled(tokio::time::sleep(wait)).await;
    }
}

/// The workers of this program. Dropped without [`stop`](Self::stop) they end as if the program had died.
pub(crate) struct Workers {
    work: Arc<Work>,
    /// Leaves everything as it is.
    killed: CancellationToken,
    running: TaskTracker,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Begins to work. A program without workers only starts processes; others run them.
    pub(crate) fn start(
        (engine, store, keys): (&Arc<Engine>, &Arc<Store>, &Arc<SecretKeys>),
        settings: &ProcessConfig,
        lingers: bool,
    ) -> Self {
        let (writes, written) = mpsc::unbounded_channel();
        let work = Arc::new(Work {
            engine: Arc::clone(engine),
            store: Arc::clone(store),
            keys: Arc::clone(keys),
            settings: settings.clone(),
            name: format!("{}-{:08x}", std::process::id(), fastrand::u32(..)),
            writes,
            running: Mutex::default(),
            closing: CancellationToken::new(),
            linger: if lingers { millis(LINGER) } else { 0 },
            anchor: Instant::now(),
            anchor_ms: store.now().timestamp_millis(),
            anchor_moved_ms: engine.clock.moved_us() / 1000,
        });
        let mut workers = Self {
            work: Arc::clone(&work),
            killed: CancellationToken::new(),
            running: TaskTracker::new(),
            tasks: Vec::new(),
        };
        if settings.concurrency > 0 {
            let killed = workers.killed.clone();
            let spawn = |task: futures_util::future::BoxFuture<'static, ()>| {
                let killed = killed.clone();
                tokio::spawn(async move {
                    killed.run_until_cancelled(task).await;
                })
            };
            workers.tasks.push(spawn(Box::pin(writer::write_all(Arc::clone(&work), written))));
            workers.tasks.push(spawn(Box::pin(beat::beat_all(Arc::clone(&work)))));
            workers.tasks.push(spawn(Box::pin(start_by_schedule(Arc::clone(&work)))));
            workers.tasks.push(spawn(Box::pin(look::look(work, killed.clone(), workers.running.clone()))));
        }
        workers
    }

    /// Waits until no instance runs, and none is due.
    pub(crate) async fn idle(&self) -> Result<()> {
        if self.work.settings.concurrency > 0 {
            start_due(&self.work).await?;
        }
        loop {
            // A test may have moved the clock.
            self.work.store.process_started().notify_one();
            if table::is_idle(&self.work.store, self.work.now()).await? {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Takes nothing more up, and waits for the steps that run, as long as a step may take. What has not ended by
    /// then is taken up by whoever finds its lease run out.
    pub(crate) async fn stop(self) {
        self.work.closing.cancel();
        self.running.close();
        let patience = self.work.engine.settings.timeout;
        if tokio::time::timeout(patience, self.running.wait()).await.is_err() {
            tracing::warn!(running = self.running.len(), "processes did not come to a stop in time");
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.work.closing.cancel();
        self.killed.cancel();
    }
}
