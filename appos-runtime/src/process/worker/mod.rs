//! The workers of processes: they take instances up that are due, run them as far as they go, and write what
//! comes of it.

mod beat;
mod body;
mod clock;
mod look;
mod others;
mod places;
mod report;
mod tally;
mod writer;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

pub(super) use self::body::{body_of, current_run};
pub(crate) use self::clock::SharedClock;
use self::places::Places;
use self::tally::Tally;
pub(super) use self::writer::WriteFault;
use self::writer::Written;
use super::keep::{Tended, tend_daily, tend_today};
use super::run::{Changes, End, Run};
use super::table::{self, Batch};
use super::trigger::start_due;
use crate::config::ProcessConfig;
use crate::engine::Engine;
use crate::error::Result;
use crate::nodes::Redis;
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
    /// One for each writer.
    writes: Vec<mpsc::UnboundedSender<Written>>,
    running: Mutex<HashMap<Uuid, Held>>,
    /// How many of them may run at the same time.
    places: Arc<Places>,
    /// What has been done here lately.
    tally: Tally,
    program: Program,
    /// When it began, by the shared clock.
    begun_at: i64,
    /// Takes nothing more up, and begins no more steps.
    closing: CancellationToken,
    linger: i64,
    clock: Arc<SharedClock>,
    /// Until then nothing is taken from other workers.
    quiet_until: Mutex<Option<Instant>>,
    tended: Tended,
}

/// What a program says of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    /// What it does beside.
    pub(crate) role: &'static str,
    pub(crate) version: &'static str,
    /// What waits for less than a second stays where it is.
    pub(crate) lingers: bool,
}

/// Longest time for which nobody looks whether something starts by itself: a clock may have been set.
const LONGEST_LOOK: Duration = Duration::from_secs(20);

/// An instance that runs here.
struct Held {
    fence: i64,
    run: Arc<Run>,
    /// Up to when it is surely ours.
    until: Instant,
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

    /// The moment, in milliseconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Looks at the clock that all workers go by.
    async fn set_clock(&self) -> Result<()> {
        let ahead = self.clock.set(&self.store).await?;
        if let Some(until) = clock::quiet(ahead, self.settings.lease) {
            tracing::warn!(
                milliseconds = ahead,
                "the clock has leapt; nothing is taken from other workers for a while"
            );
            *self.quiet_until() = Some(until);
        }
        Ok(())
    }

    fn quiet_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True if what other workers have let go of may be taken up.
    fn may_take_over(&self) -> bool {
        self.quiet_until().is_none_or(|until| until <= Instant::now())
    }

    /// Up to when an instance waits where it is.
    pub(super) fn soon(&self) -> i64 {
        self.now().saturating_add(self.linger)
    }

    pub(super) fn tended(&self) -> &Tended {
        &self.tended
    }

    /// Waits for so long, or until the program ends.
    pub(super) async fn rest(&self, length: Duration) {
        self.closing.run_until_cancelled(tokio::time::sleep(length)).await;
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.is_cancelled()
    }

    /// How long a lease lasts, in milliseconds.
    fn lease(&self) -> i64 {
        millis(self.settings.lease)
    }

    /// Up to when a lease surely lasts that was asked for at a moment: it is let go before others may take it.
    fn surely_until(&self, asked: Instant) -> Instant {
        asked + self.settings.lease.mul_f64(5.0 / 6.0)
    }

    /// True if an instance is surely ours. One that is not is let go: who waits for that would wait for ever if its
    /// lease were put off a moment later after all.
    pub(super) fn holds(&self, run: &Run) -> bool {
        let running = self.running();
        let Some(held) = running.get(&run.id).filter(|held| held.fence == run.fence) else { return false };
        let is_ours = held.until > Instant::now();
        if !is_ours {
            held.lost.cancel();
        }
        is_ours
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
        let writer = writer::writer_of(run.root_id, self.writes.len());
        if let Some(writes) = self.writes.get(writer) {
            writes.send(Written { batch, process: run.process, answer }).ok();
        }
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
    _others: others::Others,
}

impl Workers {
    /// Begins to work. A program without workers only starts processes; others run them.
    pub(crate) fn start(
        (engine, store, keys): (&Arc<Engine>, &Arc<Store>, &Arc<SecretKeys>),
        clock: &Arc<SharedClock>,
        settings: &ProcessConfig,
        redis: Option<&Arc<Redis>>,
        program: Program,
    ) -> Self {
        let (writes, written): (Vec<_>, Vec<_>) =
            (0..writer::writers(store)).map(|_| mpsc::unbounded_channel()).unzip();
        let work = Arc::new(Work {
            engine: Arc::clone(engine),
            store: Arc::clone(store),
            keys: Arc::clone(keys),
            settings: settings.clone(),
            name: format!("{}-{:08x}", std::process::id(), fastrand::u32(..)),
            writes,
            running: Mutex::default(),
            places: Places::new(settings.concurrency),
            tally: Tally::default(),
            program,
            begun_at: clock.now(),
            closing: CancellationToken::new(),
            linger: if program.lingers { millis(LINGER) } else { 0 },
            clock: Arc::clone(clock),
            quiet_until: Mutex::default(),
            tended: Tended::default(),
        });
        let workers = Self {
            work: Arc::clone(&work),
            killed: CancellationToken::new(),
            running: TaskTracker::new(),
            _others: others::Others::start(store, redis),
        };
        if settings.concurrency > 0 {
            let killed = workers.killed.clone();
            let spawn = |task: futures_util::future::BoxFuture<'static, ()>| {
                let killed = killed.clone();
                tokio::spawn(async move {
                    killed.run_until_cancelled(task).await;
                });
            };
            for written in written {
                spawn(Box::pin(writer::write_all(Arc::clone(&work), written)));
            }
            spawn(Box::pin(beat::beat_all(Arc::clone(&work))));
            spawn(Box::pin(beat::let_go_all(Arc::clone(&work))));
            spawn(Box::pin(start_by_schedule(Arc::clone(&work))));
            spawn(Box::pin(tend_daily(Arc::clone(&work))));
            spawn(Box::pin(look::look(work, killed.clone(), workers.running.clone())));
        }
        workers
    }

    /// Waits until no instance runs, and none is due.
    pub(crate) async fn idle(&self) -> Result<()> {
        if self.work.settings.concurrency > 0 {
            start_due(&self.work).await?;
        }
        idle(&self.work.store).await?;
        if self.work.settings.concurrency > 0 {
            // Others may be at it.
            while let Err(error) = tend_today(&self.work).await {
                if error.code() != "write_conflict" {
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Takes nothing more up, and waits for the steps that run, as long as a step may take. What has not ended by
    /// then is given up, and others may take it up at once.
    pub(crate) async fn stop(self) {
        self.work.closing.cancel();
        self.running.close();
        let patience = self.work.engine.settings.timeout;
        if tokio::time::timeout(patience, self.running.wait()).await.is_ok() {
            report::leave(&self.work).await;
            return;
        }
        tracing::warn!(running = self.running.len(), "processes did not come to a stop in time");
        let held: Vec<_> = self.work.running().iter().map(|(id, held)| (*id, held.fence)).collect();
        self.killed.cancel();
        // Nobody may take them up while they run here. Without an answer in time their leases run out.
        let released = async {
            self.running.wait().await;
            table::release(&self.work.store, &held).await
        };
        match tokio::time::timeout(self.work.settings.lease, released).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "what was given up could not be released"),
            Err(_) => tracing::warn!("what was given up could not be released in time"),
        }
        report::leave(&self.work).await;
    }
}

/// Milliseconds for which nobody moves a clock.
const SHORTLY: i64 = 100;

/// Waits until no instance runs, and none is due, on a database whose clock a test may move.
pub(crate) async fn idle(store: &Store) -> Result<()> {
    loop {
        store.bells().due.notify_one();
        // What waits for less than a moment, such as a try that is made again, is not at rest.
        if table::is_idle(store, store.now().timestamp_millis().saturating_add(SHORTLY)).await? {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.work.closing.cancel();
        self.killed.cancel();
    }
}
