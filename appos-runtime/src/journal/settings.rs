//! How much the journal may queue, show and keep.

use std::sync::Arc;
use std::thread;

use super::payload;
use crate::config::LoggingConfig;

/// How the journal queues, caps and keeps.
#[derive(Clone, Debug)]
pub struct JournalSettings {
    /// Events per shard; there are [`shards`](Self::shards) of them, so that the journal holds
    /// at most `queue * shards()` events (about 200 bytes each) before it counts losses.
    pub queue: usize,
    /// Days after which files are deleted: execution, performance, security.
    pub retention_days: [u32; 3],
    /// Days after which files are compressed; 0: never.
    pub compress_after: u32,
    /// Cap in bytes of one call's arguments, and of its result.
    pub max_payload: usize,
    /// Version of the program, which lines of executions tell; empty: they do not.
    pub version: Arc<str>,
}

impl JournalSettings {
    /// Number of queues among which threads are spread: a power of two, at least 8 and at
    /// least twice the processors.
    pub fn shards() -> usize {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        (2 * cores).max(8).next_power_of_two()
    }
}

impl From<&LoggingConfig> for JournalSettings {
    fn from(config: &LoggingConfig) -> Self {
        let keep = &config.retention;
        Self {
            queue: config.queue.div_ceil(Self::shards()),
            retention_days: [keep.execution, keep.performance, keep.security],
            compress_after: config.compress_after,
            max_payload: config.max_payload,
            version: "".into(),
        }
    }
}

impl Default for JournalSettings {
    fn default() -> Self {
        Self {
            queue: 8192,
            retention_days: [90, 30, 365],
            compress_after: 1,
            max_payload: payload::DEFAULT_CAP,
            version: "".into(),
        }
    }
}
