//! What one call has asked of databases and of systems outside.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::journal::Notes;
#[cfg(feature = "db")]
use crate::journal::{RequestNote, StatementNote};

/// Statements of one call and the time they took.
#[derive(Debug, Default)]
pub struct QueryCount {
    queries: AtomicU32,
    ns: AtomicU64,
    /// None until there is something to note: most calls have nothing.
    notes: Mutex<Option<Box<Notes>>>,
}

impl QueryCount {
    pub(crate) fn add(&self, took: Duration) {
        self.queries.fetch_add(1, Ordering::Relaxed);
        self.ns.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> (u32, u64) {
        (self.queries.load(Ordering::Relaxed), self.ns.load(Ordering::Relaxed))
    }

    #[cfg(feature = "db")]
    pub(crate) fn note_statement(&self, note: StatementNote) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().statement(note);
    }

    #[cfg(feature = "db")]
    pub(crate) fn note_request(&self, note: RequestNote) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().request(note);
    }

    /// What was noted, for the record of the call.
    pub(crate) fn take_notes(&self) -> Option<Box<Notes>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
