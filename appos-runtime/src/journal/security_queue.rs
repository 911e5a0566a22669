//! Where security events wait for the writer. Unlike the queues of executions it drops nothing
//! while the writer makes progress: who finds it full waits.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::SecurityEvent;
use super::queue::lock;

/// Events that may wait while the writer makes no progress; beyond it they are lost, and counted.
const MOST_HELD: usize = 262_144;
/// How long a caller waits for a writer that makes no progress. The first to wait so long in
/// vain is the last to wait: until the writer is back, events are held without waiting.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// A queue whose callers wait rather than lose.
pub(super) struct SecurityQueue {
    waiting: Mutex<Waiting>,
    /// The writer has taken events, or will take no more.
    freed: Condvar,
    /// Events after which a caller waits.
    room: usize,
}

#[derive(Default)]
struct Waiting {
    events: VecDeque<Box<SecurityEvent>>,
    /// How often the writer came.
    visits: u64,
    /// Somebody has waited in vain, and the writer did not come since.
    stuck: bool,
    /// The writer has ended.
    closed: bool,
}

impl SecurityQueue {
    pub(super) fn new(room: usize) -> Self {
        Self { waiting: Mutex::default(), freed: Condvar::new(), room: room.clamp(1, MOST_HELD) }
    }

    /// Adds an event; `wake` is called before a wait. False: it is lost.
    pub(super) fn push(&self, event: Box<SecurityEvent>, wake: impl Fn()) -> bool {
        let mut waiting = lock(&self.waiting);
        if waiting.events.len() >= self.room {
            waiting = self.wait_for_room(waiting, wake);
        }
        if waiting.closed || waiting.events.len() >= MOST_HELD {
            return false;
        }
        waiting.events.push_back(event);
        true
    }

    fn wait_for_room<'a>(&'a self, mut waiting: MutexGuard<'a, Waiting>, wake: impl Fn()) -> MutexGuard<'a, Waiting> {
        let mut visits = waiting.visits;
        while waiting.events.len() >= self.room && !waiting.stuck && !waiting.closed {
            wake();
            let waited = self.freed.wait_timeout(waiting, LONGEST_WAIT).unwrap_or_else(PoisonError::into_inner);
            waiting = waited.0;
            if waiting.visits == visits && waited.1.timed_out() && !waiting.closed {
                waiting.stuck = true;
                tracing::error!("the security log is not being written; its lines are held in memory");
            }
            visits = waiting.visits;
        }
        waiting
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        lock(&self.waiting).events.len()
    }

    /// Takes all that wait.
    pub(super) fn take(&self) -> VecDeque<Box<SecurityEvent>> {
        let mut waiting = lock(&self.waiting);
        waiting.visits += 1;
        waiting.stuck = false;
        let taken = std::mem::take(&mut waiting.events);
        drop(waiting);
        if !taken.is_empty() {
            self.freed.notify_all();
        }
        taken
    }

    /// True if the writer did not come for so long that somebody gave up waiting, or has ended.
    pub(super) fn is_stuck(&self) -> bool {
        let waiting = lock(&self.waiting);
        waiting.stuck || waiting.closed
    }

    /// Nobody will come any more. Answers how many are lost by it.
    pub(super) fn close(&self) -> usize {
        let mut waiting = lock(&self.waiting);
        waiting.closed = true;
        let left = std::mem::take(&mut waiting.events).len();
        drop(waiting);
        self.freed.notify_all();
        left
    }
}
