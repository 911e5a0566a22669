//! Settings of processes.

use std::time::Duration;

/// `process`: processes and their workers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ProcessConfig {
    /// `concurrency`: instances that this program runs at the same time, not counting those that wait; 0: none,
    /// others do.
    pub concurrency: usize,
    /// `poll`: how often it looks for what other programs have started, or have not finished.
    pub poll: Duration,
    /// `lease`: how long after its last sign of life a worker counts as dead, and others take up what it ran.
    pub lease: Duration,
    /// `retries`: how often a step that says nothing of it is tried again after a failure.
    pub retries: u32,
    /// `backoff`: wait before the first of these tries; each further wait is twice as long.
    pub backoff: Duration,
    /// `max_backoff`: longest wait between two tries.
    pub max_backoff: Duration,
}

impl Default for ProcessConfig {
    fn default() -> Self {
        Self {
            concurrency: 16,
            poll: Duration::from_secs(1),
            lease: Duration::from_secs(30),
            retries: 3,
            backoff: Duration::from_secs(1),
            max_backoff: Duration::from_mins(5),
        }
    }
}
