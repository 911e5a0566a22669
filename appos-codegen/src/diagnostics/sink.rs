//! Gathers mistakes, so that an author sees all of them at once.

use std::cell::{Cell, RefCell};

use super::Diagnostic;

/// Collects the mistakes of one macro call.
///
/// It must be read with [`finish`](Self::finish): in development, dropping it unread fails, as
/// that would lose errors.
#[derive(Debug)]
pub(crate) struct Sink {
    found: RefCell<Vec<Diagnostic>>,
    read: Cell<bool>,
}

impl Sink {
    pub(crate) fn new() -> Self {
        Self { found: RefCell::new(Vec::new()), read: Cell::new(false) }
    }

    /// Notes a mistake.
    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Number of mistakes so far; a stage compares it with the number at its start.
    pub(crate) fn len(&self) -> usize {
        self.found.borrow().len()
    }

    /// All mistakes, in the order in which they were found.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.read.set(true);
        self.found.take()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        debug_assert!(self.read.get() || std::thread::panicking(), "a sink was dropped without being read");
    }
}
