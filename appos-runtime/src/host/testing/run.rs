//! One test from its database to its end.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use futures_util::FutureExt;

use super::database::TestDatabase;
use super::outcome::{Outcome, shown};
use super::platform::TestPlatform;
use crate::config::{Migrate, PlatformConfig, Synchronous};
use crate::error::{AppOsError, Result};
use crate::journal::Journal;
use crate::state::Ctx;

/// Longest call of a test: a debugger may have stopped it meanwhile.
const PATIENCE: Duration = Duration::from_hours(1);

/// Runs the body of a test on a platform of its own: all apps of this program on an empty database, which is
/// removed at the end, however the test ends.
///
/// # Panics
/// The body panics or answers an error, or the platform does not start.
#[track_caller]
pub fn run_test<B, F>(body: B)
where
    B: FnOnce(Ctx) -> F,
    F: Future<Output: Outcome>,
{
    match on_platform(body) {
        Ok(Ok(answer)) => {
            if let Err(error) = answer.outcome() {
                panic!("the test answered an error: {error}");
            }
        }
        Ok(Err(panic)) => resume_unwind(panic),
        Err(error) => panic!("the test's platform cannot be used: {}", shown(&error)),
    }
}

/// What a body answers or how it panicked, on a platform that is gone by then.
pub(super) fn on_platform<B, F>(body: B) -> Result<Result<F::Output, Box<dyn Any + Send>>>
where
    B: FnOnce(Ctx) -> F,
    F: Future,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| AppOsError::execution("no runtime can be made").caused_by(error))?;
    runtime.block_on(async {
        let database = TestDatabase::make().await?;
        let ended = on(&database, body).await;
        let removed = database.remove().await;
        match ended {
            // A failed test is told as such, whatever else went wrong.
            Ok(Ok(answer)) => removed.map(|()| Ok(answer)),
            other => other,
        }
    })
}

async fn on<B, F>(database: &TestDatabase, body: B) -> Result<Result<F::Output, Box<dyn Any + Send>>>
where
    B: FnOnce(Ctx) -> F,
    F: Future,
{
    let mut config = PlatformConfig { environment: "test".to_owned(), ..PlatformConfig::default() };
    config.database.url = database.url();
    config.database.migrate = Some(Migrate::Auto);
    // The machine may fail: then the test is lost anyway.
    config.database.synchronous = Synchronous::Normal;
    config.database.max_connections = 4;
    (config.engine.timeout, config.server.request_timeout) = (PATIENCE, PATIENCE);
    let platform = TestPlatform::of(&config, Journal::disabled()).await?;
    let scope = platform.system().await?;
    let ended = scope
        .run(async {
            let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("the test has no context"))?;
            Ok(match catch_unwind(AssertUnwindSafe(|| body(ctx))) {
                Ok(body) => AssertUnwindSafe(body).catch_unwind().await,
                Err(panic) => Err(panic),
            })
        })
        .await;
    platform.end().await;
    ended
}
