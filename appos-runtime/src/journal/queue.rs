//! The bounded queue between calls and the writer, and the journal's handle.

use std::cell::Cell;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, Thread};
use std::time::Duration;

use crossbeam_queue::{ArrayQueue, SegQueue};
use crossbeam_utils::CachePadded;

use super::payload;
use super::writer::Writer;
use super::{Event, SecurityEvent};
use crate::config::LoggingConfig;

/// Security events that may wait beside the queue when it is full. A flood of denials is
/// when security lines matter most, so they are given more room than executions.
const SECURITY_OVERFLOW: usize = 262_144;

/// How the journal queues, caps and keeps.
#[derive(Clone, Debug)]
pub struct JournalSettings {
    /// Events per shard; there are [`shards`](Self::shards) of them, so that the journal holds
    /// at most `queue * shards()` events (about 200 bytes each) before it counts losses.
    pub queue: usize,
    /// Days after which files are deleted: execution, performance, security.
    pub retention_days: [u32; 3],
    /// Cap in bytes of one call's arguments, and of its result.
    pub max_payload: usize,
}

impl JournalSettings {
    /// Number of queues among which threads are spread: a power of two, at least 8 and at
    /// least twice the processors.
    pub fn shards() -> usize {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        (2 * cores).max(8).next_power_of_two()
    }
}

impl From<&LoggingConfig> for JournalSettings {
    fn from(config: &LoggingConfig) -> Self {
        let keep = &config.retention;
        Self {
            queue: config.queue.div_ceil(Self::shards()),
            retention_days: [keep.execution, keep.performance, keep.security],
            max_payload: config.max_payload,
        }
    }
}

impl Default for JournalSettings {
    fn default() -> Self {
        Self { queue: 8192, retention_days: [90, 30, 365], max_payload: payload::DEFAULT_CAP }
    }
}

/// Records events; shared by all threads.
///
/// ```
/// use appos_runtime::journal::Journal;
/// let journal = Journal::disabled();
/// assert!(!journal.is_enabled());
/// journal.shutdown();
/// ```
pub struct Journal {
    shared: Option<Arc<Shared>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// What calls and the writer's thread share.
struct Shared {
    shards: Box<[ArrayQueue<Event>]>,
    security_overflow: SegQueue<Box<SecurityEvent>>,
    security_waiting: AtomicUsize,
    names: SegQueue<(i64, String)>,
    open: AtomicBool,
    lost: CachePadded<AtomicU64>,
    failed: Arc<AtomicU64>,
    rounds: Mutex<Rounds>,
    round_done: Condvar,
}

/// Flushes asked for and done; a caller waits until its number is done.
#[derive(Default)]
struct Rounds {
    asked: u64,
    done: u64,
    stopped: bool,
}

impl Journal {
    /// Starts the writer, which writes below `folder/logs`.
    ///
    /// # Errors
    ///
    /// Only if the system gives no thread. A folder that cannot be written is reported once,
    /// counted in [`failed`](Self::failed), and tried again.
    pub fn start(folder: &Path, settings: &JournalSettings) -> io::Result<Self> {
        let queue = settings.queue.max(1);
        let shared = Arc::new(Shared {
            shards: (0..JournalSettings::shards()).map(|_| ArrayQueue::new(queue)).collect(),
            security_overflow: SegQueue::new(),
            security_waiting: AtomicUsize::new(0),
            names: SegQueue::new(),
            open: AtomicBool::new(true),
            lost: CachePadded::default(),
            failed: Arc::default(),
            rounds: Mutex::default(),
            round_done: Condvar::new(),
        });
        let writer = Writer::new(folder, settings.retention_days, Arc::clone(&shared.failed));
        let thread = thread::Builder::new().name("appos-journal".into()).spawn({
            let shared = Arc::clone(&shared);
            move || shared.serve(writer)
        })?;
        payload::switch_on(settings.max_payload);
        Ok(Self { shared: Some(shared), thread: Mutex::new(Some(thread)) })
    }

    /// A journal that records nothing.
    pub fn disabled() -> Self {
        Self { shared: None, thread: Mutex::new(None) }
    }

    /// True if events are written.
    pub fn is_enabled(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.open.load(Ordering::Relaxed))
    }

    /// Records an event. Never blocks; if the queue is full, the event is lost and counted.
    ///
    /// Lines of one thread keep their order; lines of different threads may be written in
    /// another order than their times.
    #[inline]
    pub fn record(&self, event: Event) {
        let Some(shared) = &self.shared else { return };
        if !shared.open.load(Ordering::Relaxed) {
            shared.lose();
            return;
        }
        let index = shard_of_this_thread() & (shared.shards.len() - 1);
        if let Err(event) = shared.shards[index].push(event) {
            shared.refused(event);
        }
    }

    /// Number of events that found the queue full or the journal shut down.
    pub fn lost(&self) -> u64 {
        self.shared.as_ref().map_or(0, |shared| shared.lost.load(Ordering::Relaxed))
    }

    /// Number of lines that could not be written, because the disk was full for example.
    pub fn failed(&self) -> u64 {
        self.shared.as_ref().map_or(0, |shared| shared.failed.load(Ordering::Relaxed))
    }

    /// Tells the name of a user, which lines show beside the id from now on.
    pub fn name_user(&self, user_id: i64, name: &str) {
        if let Some(shared) = &self.shared {
            shared.names.push((user_id, name.to_owned()));
        }
    }

    /// Blocks until everything recorded before has been handed to the system.
    pub fn flush(&self) {
        let Some(shared) = &self.shared else { return };
        let writer = lock(&self.thread).as_ref().map(|handle| handle.thread().clone());
        if let Some(writer) = writer {
            shared.wait_for_round(&writer);
        }
    }

    /// Writes what is queued and stops the writer. Events recorded later count as lost.
    pub fn shutdown(&self) {
        let Some(shared) = &self.shared else { return };
        if shared.open.swap(false, Ordering::SeqCst) {
            payload::switch_off();
        }
        // The lock is held while waiting: a second caller returns when the first is done.
        let mut thread = lock(&self.thread);
        if let Some(handle) = thread.take() {
            handle.thread().unpark();
            if handle.join().is_err() {
                tracing::error!("the journal's writer panicked; lines may be missing");
            }
            // Pushed by calls that saw the journal open just before it closed.
            shared.shards.iter().for_each(|shard| std::iter::from_fn(|| shard.pop()).for_each(|_| shared.lose()));
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.shutdown();
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal")
            .field("enabled", &self.is_enabled())
            .field("lost", &self.lost())
            .field("failed", &self.failed())
            .finish_non_exhaustive()
    }
}

/// How long the writer sleeps when there is little to do; lines appear within this time.
const CALM: Duration = Duration::from_millis(50);
/// How long it sleeps when queues fill up.
const BUSY: Duration = Duration::from_millis(2);

impl Shared {
    fn lose(&self) {
        self.lost.fetch_add(1, Ordering::Relaxed);
    }

    #[cold]
    fn refused(&self, event: Event) {
        match event {
            Event::Security(event) if self.security_waiting.load(Ordering::Relaxed) < SECURITY_OVERFLOW => {
                self.security_waiting.fetch_add(1, Ordering::Relaxed);
                self.security_overflow.push(event);
            }
            _ => self.lose(),
        }
    }

    /// The writer's thread.
    fn serve(&self, mut writer: Writer) {
        let _stopped = Stopped(self);
        loop {
            let closing = !self.open.load(Ordering::SeqCst);
            let asked = lock(&self.rounds).asked;
            let fullest = self.drain(&mut writer);
            writer.finish_round(self.lost.load(Ordering::Relaxed));
            self.rounds_done(asked);
            if closing {
                writer.close();
                return;
            }
            let busy = fullest > self.shards.first().map_or(0, ArrayQueue::capacity) / 4;
            thread::park_timeout(if busy { BUSY } else { CALM });
        }
    }

    /// Writes what the queues hold; answers how many events the fullest of them gave.
    fn drain(&self, writer: &mut Writer) -> usize {
        let mut fullest = 0;
        for shard in &self.shards {
            // Bounded, so that one busy thread keeps neither the others nor a flush waiting.
            let mut left = shard.capacity();
            while left > 0 {
                let batch: Vec<Event> = std::iter::from_fn(|| shard.pop()).take(left.min(1024)).collect();
                if batch.is_empty() {
                    break;
                }
                left -= batch.len();
                // After the events are taken: a name told before its event is there by now.
                while let Some((user_id, name)) = self.names.pop() {
                    writer.name_user(user_id, name);
                }
                for event in &batch {
                    writer.write(event);
                }
            }
            fullest = fullest.max(shard.capacity() - left);
        }
        while let Some(event) = self.security_overflow.pop() {
            self.security_waiting.fetch_sub(1, Ordering::Relaxed);
            writer.write(&Event::Security(event));
        }
        fullest
    }

    fn rounds_done(&self, asked: u64) {
        let mut rounds = lock(&self.rounds);
        if rounds.done < asked {
            rounds.done = asked;
            self.round_done.notify_all();
        }
    }

    fn wait_for_round(&self, writer: &Thread) {
        let mut rounds = lock(&self.rounds);
        rounds.asked += 1;
        let mine = rounds.asked;
        writer.unpark();
        while rounds.done < mine && !rounds.stopped {
            rounds = self.round_done.wait(rounds).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Lets nobody wait for a writer that is gone, whatever ended it.
struct Stopped<'a>(&'a Shared);

impl Drop for Stopped<'_> {
    fn drop(&mut self) {
        lock(&self.0.rounds).stopped = true;
        self.0.round_done.notify_all();
    }
}

/// The data behind these locks is whole after any panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A number per thread, given at its first event.
#[inline]
fn shard_of_this_thread() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static SHARD: Cell<usize> = const { Cell::new(usize::MAX) };
    }
    match SHARD.get() {
        usize::MAX => {
            let shard = NEXT.fetch_add(1, Ordering::Relaxed) & (usize::MAX >> 1);
            SHARD.set(shard);
            shard
        }
        shard => shard,
    }
}
