//! Statements that one call sent to the database.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// Statements of one call and the time they took.
#[derive(Debug, Default)]
pub struct QueryCount {
    queries: AtomicU32,
    ns: AtomicU64,
}

impl QueryCount {
    pub(crate) fn add(&self, took: Duration) {
        self.queries.fetch_add(1, Ordering::Relaxed);
        self.ns.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> (u32, u64) {
        (self.queries.load(Ordering::Relaxed), self.ns.load(Ordering::Relaxed))
    }
}
