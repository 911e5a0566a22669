//! Tasks that keep the context of the code that spawned them.

use std::future::Future;

use tokio::task::{AbortHandle, JoinError, JoinHandle};

use crate::state::Ctx;

/// Spawns a task that runs with the caller's context: `tokio::spawn` in app code is this.
///
/// The deadline and the cancellation of the caller's request hold in the task too.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match Ctx::current() {
        Some(ctx) => tokio::spawn(ctx.detached().enter(future)),
        None => tokio::spawn(future),
    }
}

/// A set of tasks that keep the caller's context; otherwise like `tokio::task::JoinSet`.
#[derive(Debug)]
pub struct JoinSet<T>(tokio::task::JoinSet<T>);

impl<T: Send + 'static> JoinSet<T> {
    /// An empty set.
    pub fn new() -> Self {
        Self(tokio::task::JoinSet::new())
    }

    /// Spawns a task into the set.
    pub fn spawn<F: Future<Output = T> + Send + 'static>(&mut self, future: F) -> AbortHandle {
        match Ctx::current() {
            Some(ctx) => self.0.spawn(ctx.detached().enter(future)),
            None => self.0.spawn(future),
        }
    }

    /// The next task to end; `None` when the set is empty.
    ///
    /// # Errors
    /// The task panicked or was aborted.
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        self.0.join_next().await
    }

    /// Number of tasks in the set.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if there is no task in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Aborts all tasks.
    pub fn abort_all(&mut self) {
        self.0.abort_all();
    }
}

impl<T: Send + 'static> Default for JoinSet<T> {
    fn default() -> Self {
        Self::new()
    }
}
