//! The bounded queues between calls and the writer, and the loop that empties them.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;

use crossbeam_queue::{ArrayQueue, SegQueue};
use crossbeam_utils::CachePadded;

use super::condition::Condition;
use super::security_queue::SecurityQueue;
use super::writer::Writer;
use super::{EventSink, ExecutionEvent, JournalSettings, SecurityEvent};

/// What calls and the writer's thread share.
pub(super) struct Shared {
    shards: Box<[ArrayQueue<ExecutionEvent>]>,
    security: SecurityQueue,
    pub(super) condition: Condition,
    pub(super) names: SegQueue<(i64, String)>,
    pub(super) open: AtomicBool,
    pub(super) lost: CachePadded<AtomicU64>,
    pub(super) failed: Arc<AtomicU64>,
    rounds: Mutex<Rounds>,
    round_done: Condvar,
    /// The writer's thread, to be woken.
    writer: OnceLock<Thread>,
}

/// Flushes asked for and done; a caller waits until its number is done.
#[derive(Default)]
struct Rounds {
    asked: u64,
    done: u64,
    stopped: bool,
}

/// How long the writer sleeps when there is little to do; lines appear within this time.
const CALM: Duration = Duration::from_millis(50);
/// How long it sleeps when queues fill up.
const BUSY: Duration = Duration::from_millis(2);

impl Shared {
    pub(super) fn new(queue: usize) -> Self {
        Self {
            shards: (0..JournalSettings::shards()).map(|_| ArrayQueue::new(queue.max(1))).collect(),
            security: SecurityQueue::new(queue.saturating_mul(JournalSettings::shards())),
            condition: Condition::new(),
            names: SegQueue::new(),
            open: AtomicBool::new(true),
            lost: CachePadded::default(),
            failed: Arc::default(),
            rounds: Mutex::default(),
            round_done: Condvar::new(),
            writer: OnceLock::new(),
        }
    }

    #[inline]
    pub(super) fn push(&self, event: ExecutionEvent) {
        // The number of shards is a power of two.
        let index = shard_of_this_thread() & (self.shards.len() - 1);
        if self.shards[index].push(event).is_err() {
            self.lose();
        }
    }

    #[cold]
    pub(super) fn push_security(&self, event: Box<SecurityEvent>) {
        let wake = || self.writer.get().into_iter().for_each(Thread::unpark);
        if !self.security.push(event, wake) {
            self.lose();
        }
    }

    /// True if lines of the security log reach the disk, as far as is known.
    pub(super) fn security_is_writable(&self) -> bool {
        self.open.load(Ordering::Relaxed) && self.condition.is_good() && !self.security.is_stuck()
    }

    /// How many events wait to be written.
    pub(super) fn waiting(&self) -> usize {
        self.shards.iter().map(ArrayQueue::len).sum::<usize>().saturating_add(self.security.waiting())
    }

    /// Counts what nobody will write any more.
    pub(super) fn abandon(&self) {
        for shard in &self.shards {
            while shard.pop().is_some() {
                self.lose();
            }
        }
        (0..self.security.close()).for_each(|_| self.lose());
    }

    pub(super) fn lose(&self) {
        self.lost.fetch_add(1, Ordering::Relaxed);
    }

    /// The writer's thread.
    pub(super) fn serve(&self, mut writer: Writer, mut sink: Option<Box<dyn EventSink>>) {
        let _stopped = Stopped(self);
        self.writer.get_or_init(thread::current);
        loop {
            let closing = !self.open.load(Ordering::SeqCst);
            let asked = lock(&self.rounds).asked;
            let fullest = self.drain(&mut writer, &mut sink);
            let writable = writer.finish_round(self.lost.load(Ordering::Relaxed));
            self.condition.is_alive();
            if self.condition.set_troubled(!writable) && writable {
                tracing::info!("the security log is written again");
            }
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
    fn drain(&self, writer: &mut Writer, sink: &mut Option<Box<dyn EventSink>>) -> usize {
        let mut fullest = 0;
        let security = self.security.take();
        self.name_users(writer);
        for event in &security {
            writer.security(event);
        }
        for shard in &self.shards {
            self.condition.is_alive();
            // Bounded, so that one busy thread keeps neither the others nor a flush waiting.
            let mut left = shard.capacity();
            while left > 0 {
                let batch: Vec<ExecutionEvent> = std::iter::from_fn(|| shard.pop()).take(left.min(1024)).collect();
                if batch.is_empty() {
                    break;
                }
                left -= batch.len();
                // After the events are taken: a name told before its event is there by now.
                self.name_users(writer);
                for event in &batch {
                    writer.execution(event);
                }
                if let Some(sink) = sink {
                    for event in batch {
                        sink.execution(event);
                    }
                }
            }
            fullest = fullest.max(shard.capacity() - left);
        }
        fullest
    }

    fn name_users(&self, writer: &mut Writer) {
        while let Some((user_id, name)) = self.names.pop() {
            writer.name_user(user_id, name);
        }
    }

    fn rounds_done(&self, asked: u64) {
        let mut rounds = lock(&self.rounds);
        if rounds.done < asked {
            rounds.done = asked;
            self.round_done.notify_all();
        }
    }

    pub(super) fn wait_for_round(&self, writer: &Thread) {
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
        (0..self.0.security.close()).for_each(|_| self.0.lose());
    }
}

/// The data behind these locks is whole after any panic.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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
