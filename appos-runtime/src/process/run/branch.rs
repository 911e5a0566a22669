//! Where in a process some code runs: which run, and which of its branches.

use std::sync::Arc;

use super::super::place::{Place, Places};
use super::Run;
use crate::error::{AppOsError, Result};

tokio::task_local! {
    static BRANCH: Option<Branch>;
}

/// A branch of a process that runs.
#[derive(Clone)]
pub(crate) struct Branch {
    pub(in super::super) run: Arc<Run>,
    places: Arc<Places>,
}

impl Branch {
    /// That of the body itself.
    pub(in super::super) fn of_body(run: Arc<Run>) -> Self {
        Self { run, places: Arc::new(Places::of_body()) }
    }

    /// One of those that begin at a place.
    pub(in super::super) fn fork(&self, at: &Place, number: usize) -> Self {
        Self { run: Arc::clone(&self.run), places: Arc::new(Places::of_branch(at, number)) }
    }

    /// The place of the next entry.
    pub(in super::super) fn next(&self) -> Place {
        self.places.next()
    }

    /// The one in which the running code is.
    ///
    /// # Errors
    /// It is in no process's own body (code `no_process`).
    pub(in super::super) fn current(what: &str) -> Result<Self> {
        BRANCH.try_with(Clone::clone).ok().flatten().ok_or_else(|| {
            AppOsError::dispatch(format!(
                "`{what}` works in the body of a process: not in a step, nor in a task that was spawned there"
            ))
            .code_is("no_process")
        })
    }

    /// Runs something as this branch.
    pub(in super::super) fn run<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
        BRANCH.scope(Some(self), future)
    }

    /// Runs something that is no part of the process's body.
    pub(in super::super) fn outside<F: Future>(future: F) -> impl Future<Output = F::Output> {
        BRANCH.scope(None, future)
    }
}
