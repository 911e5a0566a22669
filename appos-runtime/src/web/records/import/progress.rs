//! Imports that run or have lately: how far they are, and their mistakes, in a file of their own.
//!
//! They live in this program and not in the database: the transaction of an import hides its rows
//! from all others until it ends, and would hide its progress with them.

use std::fs::File;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use serde::Serialize;
use serde_json::Value as Json;
use tempfile::NamedTempFile;
use uuid::Uuid;

use crate::error::{AppOsError, Result};
use crate::record::{Imported, LineError};
use crate::registry::ObjectDescriptor;
use crate::ui::page::ImportProgress;
use crate::web::problem;

/// Most imports that are remembered.
const MOST: u64 = 10_000;

/// Names of the states, in their order.
pub(in crate::web) const STATES: [&str; 4] = ["receiving", "running", "done", "failed"];

const RUNNING: usize = 1;
const DONE: usize = 2;
const FAILED: usize = 3;

/// The imports of all users.
pub(in crate::web) struct Imports(Cache<Uuid, Arc<Import>>);

/// How far an import is.
#[derive(Clone, Debug, Default)]
struct Progress {
    state: usize,
    received: u64,
    lines: u64,
    created: u64,
    updated: u64,
    failed: u64,
    dry_run: bool,
    /// Rows that are right stay, whatever becomes of the others.
    partial: bool,
    problem: Option<Json>,
}

/// One import, and who may ask for it.
pub(in crate::web) struct Import {
    id: Uuid,
    user_id: i64,
    object: &'static ObjectDescriptor,
    progress: Mutex<Progress>,
    /// The file of mistakes, once there is one, and how much of it is whole lines.
    mistakes: Mutex<Option<(NamedTempFile, u64)>>,
}

/// An import as it is told.
#[derive(Serialize)]
pub(super) struct Told {
    id: Uuid,
    state: &'static str,
    received: u64,
    lines: u64,
    created: u64,
    updated: u64,
    failed: u64,
    dry_run: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Json>,
    /// Of the answer to whoever has waited: the first mistakes.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<LineError>>,
}

impl Told {
    /// The same for whoever has waited.
    pub(super) fn with(self, errors: Vec<LineError>) -> Self {
        Self { errors: Some(errors), ..self }
    }
}

impl Imports {
    pub(in crate::web) fn kept_for(time: Duration) -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_idle(time).build())
    }

    /// Begins one, under the id of its request. Nobody but its user can ask for it; those who are
    /// not signed in are nobody.
    pub(super) fn begin(&self, id: Uuid, user_id: i64, object: &'static ObjectDescriptor) -> Running {
        let (progress, mistakes) = (Mutex::default(), Mutex::default());
        let import = Arc::new(Import { id, user_id, object, progress, mistakes });
        if user_id != 0 {
            self.0.insert(id, Arc::clone(&import));
        }
        Running { import, all: self.0.clone() }
    }

    /// An import of a record, if it is the user's own.
    pub(super) fn find(&self, user_id: i64, object: &'static ObjectDescriptor, id: &str) -> Option<Arc<Import>> {
        let found = self.0.get(&Uuid::parse_str(id).ok()?)?;
        found.is_of(user_id, object).then_some(found)
    }

    /// All imports of a record by a user, the latest first.
    pub(super) fn all(&self, user_id: i64, object: &'static ObjectDescriptor) -> Vec<Told> {
        let own = self.0.iter().map(|(_, import)| import).filter(|import| import.is_of(user_id, object));
        let mut all: Vec<Told> = own.map(|import| import.told()).collect();
        all.sort_by_key(|told| std::cmp::Reverse(told.id));
        all
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind is numbers that are whole at any moment.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Import {
    fn is_of(&self, user_id: i64, object: &ObjectDescriptor) -> bool {
        self.user_id == user_id && self.object.reference == object.reference
    }

    /// How far it is.
    pub(super) fn told(&self) -> Told {
        let Progress { state, received, lines, created, updated, failed, dry_run, problem, .. } =
            locked(&self.progress).clone();
        let state = STATES.get(state).copied().unwrap_or_default();
        Told { id: self.id, state, received, lines, created, updated, failed, dry_run, problem, errors: None }
    }

    /// The same for a page, without its mistakes.
    pub(super) fn for_page(&self) -> ImportProgress {
        let progress = locked(&self.progress).clone();
        let problem = progress.problem.as_ref().and_then(|problem| problem.get("detail")).and_then(Json::as_str);
        ImportProgress {
            is_over: progress.state >= DONE,
            has_failed: progress.state == FAILED,
            dry_run: progress.dry_run,
            partial: progress.partial,
            lines: progress.lines,
            created: progress.created,
            updated: progress.updated,
            failed: progress.failed,
            problem: problem.map(str::to_owned),
            mistakes: Vec::new(),
        }
    }

    /// The mistakes so far, to be read from the first on, and their length.
    ///
    /// # Errors
    /// The file cannot be opened again.
    pub(super) fn mistakes(&self) -> Result<Option<(File, u64)>> {
        let mistakes = locked(&self.mistakes);
        let Some((file, length)) = mistakes.as_ref() else { return Ok(None) };
        let file = file
            .reopen()
            .map_err(|error| AppOsError::execution("the mistakes of an import cannot be read").caused_by(error))?;
        Ok(Some((file, *length)))
    }

    fn note(&self, mistakes: &[LineError]) -> Result<()> {
        if mistakes.is_empty() {
            return Ok(());
        }
        let full = |error: std::io::Error| {
            AppOsError::dispatch("the mistakes of the file cannot be kept").code_is("storage_full").caused_by(error)
        };
        let mut lines = Vec::new();
        for mistake in mistakes {
            serde_json::to_writer(&mut lines, mistake).map_err(|error| full(error.into()))?;
            lines.push(b'\n');
        }
        let mut kept = locked(&self.mistakes);
        if kept.is_none() {
            *kept = Some((NamedTempFile::new().map_err(full)?, 0));
        }
        if let Some((file, length)) = kept.as_mut() {
            file.write_all(&lines).map_err(full)?;
            *length = length.saturating_add(u64::try_from(lines.len()).unwrap_or(0));
        }
        Ok(())
    }
}

/// An import that runs. One that is dropped before its end was given up.
pub(super) struct Running {
    import: Arc<Import>,
    all: Cache<Uuid, Arc<Import>>,
}

impl Running {
    fn change(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut locked(&self.import.progress));
        // Whatever runs is asked for again and again, as it were.
        self.all.get(&self.import.id);
    }

    /// The import itself.
    pub(super) fn import(&self) -> &Arc<Import> {
        &self.import
    }

    /// So many bytes of the file are here.
    pub(super) fn received(&self, bytes: usize) {
        self.change(|progress| progress.received = u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    /// The file is here, and its first line can be read.
    pub(super) fn runs(&self, dry_run: bool, partial: bool) {
        self.change(|progress| {
            progress.state = RUNNING;
            (progress.dry_run, progress.partial) = (dry_run, partial);
        });
    }

    /// So much is done, with these mistakes since the last time.
    ///
    /// # Errors
    /// There is no room to keep the mistakes.
    pub(super) fn at(&self, done: &Imported, mistakes: &[LineError]) -> Result<()> {
        self.import.note(mistakes)?;
        self.change(|progress| {
            (progress.lines, progress.failed) = (done.lines, done.failed);
            (progress.created, progress.updated) = (done.created, done.updated);
        });
        Ok(())
    }

    /// What has become of it.
    pub(super) fn ended(&self, error: Option<&AppOsError>) {
        self.change(|progress| {
            progress.state = if error.is_some() { FAILED } else { DONE };
            progress.problem =
                error.map(|error| problem::part(error, error.execution_id().unwrap_or(self.import.id)).1);
            if error.is_some() && !progress.partial {
                (progress.created, progress.updated) = (0, 0);
            }
        });
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if locked(&self.import.progress).state < DONE {
            let cancelled = AppOsError::timeout("the import was given up: its client or the server has gone");
            self.ended(Some(&cancelled.code_is("cancelled")));
        }
    }
}
