//! What a program knows of itself while it runs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::cached::Cached;
use super::gauges::{self, Gauges};
use super::health::{self, Check, Health};
use super::recorder::Told;
use crate::config::{PlatformConfig, Role};
use crate::engine::Engine;
use crate::migration::Migration;
use crate::value::DateTime;

/// How long an answer about what a program needs is good for.
const HEALTH_LASTS: Duration = Duration::from_secs(2);
/// The same of what changes seldom, or costs more.
const SLOW_LASTS: Duration = Duration::from_secs(30);
/// The same of numbers that are asked of the database.
const GAUGES_LAST: Duration = Duration::from_secs(5);

/// What a program knows of itself; in its engine.
pub(crate) struct Monitor {
    pub(super) role: Role,
    /// True if this program runs processes.
    pub(super) works: bool,
    pub(super) migrations: &'static [Migration],
    pub(super) started_at: DateTime,
    stopping: AtomicBool,
    health: Cached<Health>,
    /// Whether files can be kept, and whether the database has what this program needs.
    pub(super) slow: Cached<Vec<Check>>,
    gauges: Cached<Gauges>,
    pub(super) told: Told,
}

impl Monitor {
    pub(crate) fn new(config: &PlatformConfig, migrations: &'static [Migration], started_at: DateTime) -> Self {
        Self {
            role: config.role,
            works: config.process.concurrency > 0,
            migrations,
            started_at,
            stopping: AtomicBool::new(false),
            health: Cached::for_a_while(HEALTH_LASTS),
            slow: Cached::for_a_while(SLOW_LASTS),
            gauges: Cached::for_a_while(GAUGES_LAST),
            told: Told::default(),
        }
    }

    /// The program is about to end: it says so before it does.
    pub(crate) fn stops(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// How this program is, as of not long ago.
    pub(crate) async fn health(&self, engine: &Engine) -> Health {
        let mut health = self.health.get(health::examine(self, engine)).await;
        if self.is_stopping() {
            health.status = health::Status::Stopping;
        }
        health
    }

    /// What there is to do, and how much is in use, as of not long ago.
    pub(super) async fn gauges(&self, engine: &Engine) -> Gauges {
        self.gauges.get(gauges::read(engine)).await
    }
}
