//! What a program needs, and whether it has it.

use std::future::Future;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::monitor::Monitor;
use crate::config::Role;
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::nodes::Redis;
use crate::outside::Systems;
use crate::outside::files::Files;
use crate::process::{SharedClock, works_here};
use crate::record::Store;
use crate::value::DateTime;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// How a program is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Health {
    pub(crate) status: Status,
    /// What it needs.
    pub(crate) checks: Vec<Check>,
    /// When this was found.
    pub(crate) checked_at: DateTime,
    /// When the program began.
    pub(crate) started_at: DateTime,
    /// What it does: `all`, `web` or `worker`.
    pub(crate) role: &'static str,
}

/// What may be asked of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// Everything.
    Ready,
    /// Everything, in another way or more slowly, or not all of it.
    Degraded,
    /// Nothing: it lacks what every request needs.
    NotReady,
    /// Nothing more: it is about to end.
    Stopping,
}

impl Status {
    /// True if requests are welcome.
    pub(crate) fn is_ready(self) -> bool {
        matches!(self, Self::Ready | Self::Degraded)
    }
}

/// One thing that a program needs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) state: State,
    /// How long the answer took, in milliseconds.
    pub(crate) took_ms: u64,
    /// What is wrong, for administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
}

/// How something is that a program needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// It is there.
    Ok,
    /// It is not, and the program goes on without.
    Degraded,
    /// It is not, and the program can do nothing without.
    Failed,
}

/// Looks at everything.
pub(super) async fn examine(monitor: &Monitor, engine: &Engine) -> Health {
    let database = timed("database", State::Failed, async { store(engine)?.ping().await }).await;
    let mut checks = vec![database];
    // Whatever else the database would be asked fails for the same reason.
    if checks.iter().all(|check| check.state == State::Ok) {
        checks.extend(monitor.slow.get(slow(monitor, engine)).await);
        checks.extend(worker(monitor, engine).await);
    }
    checks.push(security_log(engine));
    checks.extend(engine.resource::<Redis>().map(redis));
    checks.extend(engine.resource::<Systems>().and_then(systems));
    let worst = checks.iter().map(|check| check.state);
    let status = worst.fold(Status::Ready, |status, state| match (status, state) {
        (Status::NotReady, _) | (_, State::Failed) => Status::NotReady,
        (_, State::Degraded) => Status::Degraded,
        (status, State::Ok) => status,
    });
    let (checked_at, started_at) = (engine.clock.now(), monitor.started_at);
    Health { status, checks, checked_at, started_at, role: monitor.role.as_str() }
}

fn store(engine: &Engine) -> Result<&Store> {
    engine.resource::<Store>().ok_or_else(|| AppOsError::dispatch("this program runs without a database"))
}

/// Asks, for a while. `otherwise`: how the program is without.
async fn timed(name: &'static str, otherwise: State, asked: impl Future<Output = Result<()>>) -> Check {
    let begun = Instant::now();
    let answer = tokio::time::timeout(PATIENCE, asked).await;
    let detail = match answer {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(in_words(&error)),
        Err(_) => Some(format!("no answer within {} seconds", PATIENCE.as_secs())),
    };
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Check { name, state: if detail.is_none() { State::Ok } else { otherwise }, took_ms, detail }
}

fn in_words(error: &AppOsError) -> String {
    let mut text = error.message().to_owned();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Migrations, and the place of files.
async fn slow(monitor: &Monitor, engine: &Engine) -> Vec<Check> {
    let migrations = timed("migrations", State::Failed, async {
        match store(engine)?.lacks(monitor.migrations).await? {
            0 => Ok(()),
            lacks => Err(AppOsError::dispatch(format!("the database lacks {lacks} migrations"))),
        }
    });
    // Documents cannot be sent without; everything else can be done.
    let files = timed("files", State::Degraded, async {
        let files = engine.resource::<Files>();
        files.ok_or_else(|| AppOsError::dispatch("this program keeps no files"))?.storage().probe().await
    });
    let (migrations, files) = tokio::join!(migrations, files);
    vec![migrations, files]
}

/// Whether processes are run here, if they are to be. A program that also answers requests goes on doing that.
async fn worker(monitor: &Monitor, engine: &Engine) -> Option<Check> {
    if monitor.role == Role::Web || !monitor.works {
        return None;
    }
    let otherwise = if monitor.role == Role::Worker { State::Failed } else { State::Degraded };
    let clock = engine.resource::<SharedClock>()?;
    let beats = async {
        let silent = || AppOsError::dispatch("the worker of this program gives no sign of life");
        works_here(store(engine)?, clock).await?.then_some(()).ok_or_else(silent)
    };
    Some(timed("worker", otherwise, beats).await)
}

/// What changes access is refused without; everything else goes on.
fn security_log(engine: &Engine) -> Check {
    let is_good = engine.journal().security_is_writable();
    let detail = (!is_good).then(|| "lines of the security log do not reach the disk".to_owned());
    Check { name: "security_log", state: if is_good { State::Ok } else { State::Degraded }, took_ms: 0, detail }
}

/// The database answers what Redis does not.
fn redis(redis: &Redis) -> Check {
    let trouble = redis.trouble();
    let state = if trouble.is_none() { State::Ok } else { State::Degraded };
    Check { name: "redis", state, took_ms: 0, detail: trouble.map(str::to_owned) }
}

/// Systems outside, as they were found when they were used: nobody is asked for this.
fn systems(systems: &Systems) -> Option<Check> {
    let all = systems.all();
    if all.is_empty() {
        return None;
    }
    let open: Vec<&str> =
        all.iter().filter(|system| system.breaker.is_open()).map(|system| system.object.reference).collect();
    let detail = (!open.is_empty()).then(|| format!("left alone after failures: {}", open.join(", ")));
    let state = if open.is_empty() { State::Ok } else { State::Degraded };
    Some(Check { name: "connected_systems", state, took_ms: 0, detail })
}
