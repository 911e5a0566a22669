//! One instance while it runs here: its history, what is to be written of it, and what it waits for.

mod branch;
mod drive;
mod finish;
mod history;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(super) use self::branch::Branch;
pub(super) use self::drive::{Driven, drive};
pub(super) use self::finish::finish;
pub(super) use self::history::{History, Signal};
use super::entry::EntryRow;
use super::place::Place;
use super::table::{NewInstance, NewTask};
use super::variables::Variable;
use super::worker::Work;
use crate::error::AppOsError;
use crate::journal::TraceContext;
use crate::registry::ObjectDescriptor;

/// Why an instance is put aside: somebody has to look at it.
#[derive(Clone, Debug)]
pub(super) struct Parked {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// An instance that runs here.
pub(crate) struct Run {
    pub(super) id: Uuid,
    /// By which the database knows that it is still ours.
    pub(super) fence: i64,
    pub(super) process: &'static ObjectDescriptor,
    pub(super) work: Arc<Work>,
    /// Its user, and in which language and call tree it was started.
    pub(super) started_by: i64,
    pub(super) language: String,
    pub(super) root_id: Uuid,
    pub(super) parent_execution: Uuid,
    /// The trace of a caller outside.
    pub(super) trace: Option<Arc<TraceContext>>,
    /// The instance that waits for it.
    pub(super) parent: Option<Uuid>,
    pub(super) parent_place: Option<String>,
    pub(super) deadline_at: Option<i64>,
    /// Signals that had come when it was taken up.
    pub(super) wakes: i64,
    /// Somebody has cancelled it, or its time is over: what runs is ended.
    pub(super) ended: CancellationToken,
    pub(super) expired: AtomicBool,
    state: Mutex<State>,
    /// The number of the last change that is in the database.
    written: watch::Sender<u64>,
}

/// What changes while it runs.
pub(super) struct State {
    pub(super) history: History,
    pub(super) variables: BTreeMap<String, Variable>,
    /// What is not in the database yet.
    changes: Changes,
    /// Number of the last change.
    changed: u64,
    /// Steps whose bodies run.
    active: usize,
    waits: BTreeMap<u64, Option<i64>>,
    next_wait: u64,
    stopped: Option<Parked>,
    /// The body goes on another time.
    closed: bool,
    /// How it has ended, for the worker.
    pub(super) end: Option<End>,
}

/// What is written of an instance in one go.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) entries: Vec<EntryRow>,
    pub(super) variables: Vec<(String, Variable)>,
    /// Signals that were taken in, and where.
    pub(super) taken: Vec<(i64, Place)>,
    pub(super) instances: Vec<NewInstance>,
    /// Where processes stand that end with this one.
    pub(super) ended_children: Vec<Place>,
    /// What people are asked, and where nobody waits for their answer any more.
    pub(super) tasks: Vec<NewTask>,
    pub(super) ended_tasks: Vec<Place>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        let Self { entries, variables, taken, instances, ended_children, tasks, ended_tasks } = self;
        let rows = entries.len() + variables.len() + taken.len() + instances.len() + ended_children.len();
        rows + tasks.len() + ended_tasks.len() == 0
    }
}

/// What becomes of an instance when its run is over.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// It goes on at this moment, or when it is told something.
    Suspended {
        due_at: Option<i64>,
    },
    Completed {
        result: Json,
        shown: Json,
    },
    Failed(super::entry::StoredError),
    Cancelled(super::entry::StoredError),
    Parked(Parked),
}

impl Run {
    pub(super) fn new(taken: super::table::Taken, process: &'static ObjectDescriptor, work: Arc<Work>) -> Arc<Self> {
        let ended = CancellationToken::new();
        let expired = taken.deadline_at.is_some_and(|at| at <= work.now());
        if taken.cancelled || expired {
            ended.cancel();
        }
        Arc::new(Self {
            id: taken.id,
            fence: taken.fence,
            process,
            started_by: taken.user_id,
            language: taken.language,
            root_id: taken.root_id,
            parent_execution: taken.parent_id,
            trace: taken.trace,
            parent: taken.parent,
            parent_place: taken.parent_place,
            deadline_at: taken.deadline_at,
            wakes: taken.wakes,
            ended,
            expired: AtomicBool::new(expired),
            state: Mutex::new(State {
                history: History::new(taken.entries, taken.signals),
                variables: BTreeMap::new(),
                changes: Changes::default(),
                changed: 0,
                active: 0,
                waits: BTreeMap::new(),
                next_wait: 0,
                stopped: None,
                closed: false,
                end: None,
            }),
            written: watch::Sender::new(0),
            work,
        })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a change, which is written with the next ones.
    pub(super) fn note(&self, note: impl FnOnce(&mut Changes)) {
        let mut state = self.state();
        // What is given up with a body that goes on later was not given up by the process.
        if state.closed {
            return;
        }
        note(&mut state.changes);
        state.changed += 1;
    }

    /// Waits until all that was noted is in the database. Nothing outside may be done before it is.
    pub(super) async fn written(&self) {
        let wanted = self.state().changed;
        let mut written = self.written.subscribe();
        // The sender lives in `self`.
        written.wait_for(|written| *written >= wanted).await.ok();
    }

    /// What is to be written now, up to which change.
    fn take_changes(&self) -> Option<(u64, Changes)> {
        let mut state = self.state();
        if state.changes.is_empty() {
            return None;
        }
        Some((state.changed, std::mem::take(&mut state.changes)))
    }

    /// What is left to be written with its end.
    pub(super) fn last_changes(&self) -> Changes {
        std::mem::take(&mut self.state().changes)
    }

    /// Puts the instance aside. Nothing of it runs any more.
    pub(super) fn park(&self, code: &'static str, message: String) {
        self.state().stopped.get_or_insert(Parked { code, message });
    }

    /// Nothing more is noted.
    fn close(&self) {
        self.state().closed = true;
    }

    /// Counts a body that runs.
    pub(super) fn active(self: &Arc<Self>) -> Active {
        self.state().active += 1;
        Active(Arc::clone(self))
    }

    /// Notes that something waits, until the answer is dropped.
    pub(super) fn waits(self: &Arc<Self>, due_at: Option<i64>) -> Wait {
        let mut state = self.state();
        state.next_wait += 1;
        let number = state.next_wait;
        state.waits.insert(number, due_at);
        Wait { run: Arc::clone(self), number }
    }

    /// Whether nothing of it runs and all is written.
    fn idle(&self) -> Idle {
        let state = self.state();
        if state.active > 0 || state.waits.is_empty() || !state.changes.is_empty() {
            return Idle::No;
        }
        // What is undone when the time is over has as much time as it takes.
        let deadline = self.deadline_at.filter(|_| !self.ended.is_cancelled());
        Idle::Until(state.waits.values().flatten().copied().chain(deadline).min())
    }

    /// The error with which everything ends that has not ended yet.
    pub(super) fn why_ended(&self) -> AppOsError {
        if self.expired.load(Ordering::Relaxed) {
            AppOsError::timeout("the process took longer than it may").code_is("deadline")
        } else {
            AppOsError::timeout("the process was cancelled").code_is("cancelled")
        }
    }
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("id", &self.id).field("process", &self.process.reference).finish_non_exhaustive()
    }
}

/// Whether an instance only waits.
enum Idle {
    /// Something of it runs.
    No,
    /// It goes on at this moment, or when it is told something.
    Until(Option<i64>),
}

/// A body that runs.
pub(super) struct Active(Arc<Run>);

impl Drop for Active {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.active = state.active.saturating_sub(1);
    }
}

/// Something that waits.
pub(super) struct Wait {
    run: Arc<Run>,
    number: u64,
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.run.state().waits.remove(&self.number);
    }
}
