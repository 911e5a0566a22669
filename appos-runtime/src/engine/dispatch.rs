//! The order of a call, on one screen.

use std::any::Any;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use moka::Expiry;
use moka::sync::Cache;
use serde::Serialize;

use super::authorize::authorize;
use super::execution::{Execution, outcome_of};
use super::guard::{self, Ended};
use crate::error::{AppOsError, Result};
use crate::journal::{LoggedArguments, Outcome};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// Calls a body as the object: authorize, open an execution, run, record.
///
/// `caller` is the context in which the call was written, not the one in which it is polled:
/// a call handed to another task stays its caller's.
///
/// # Errors
/// Outside any context; refused; too deep; too late; cancelled; panicked; or the body's own.
pub(crate) async fn run<T, B, F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    (permission, operation): (Permission, &'static str),
    arguments: LoggedArguments,
    body: B,
) -> Result<T>
where
    T: Serialize,
    B: FnOnce(Ctx) -> F,
    F: Future<Output = Result<T>>,
{
    let Some(caller) = caller else { return Err(no_context(object)) };
    let authorized = authorize(&caller, object, permission).await;
    let execution = Execution::open(&caller, object, operation, arguments);
    match authorized {
        Ok(true) => {}
        Ok(false) => return Err(execution.refuse(permission, refused(object, permission))),
        Err(error) => return Err(execution.fail(Outcome::Failed, error)),
    }
    if let Err((outcome, error)) = within_limits(&execution.ctx) {
        return Err(execution.fail(outcome, error));
    }
    // A call polled in another task than it was written in is not under its caller's timer.
    let guarded = caller.guarded && object.timeout.is_none() && Ctx::is_current(caller.execution_id);
    let stop = (!guarded).then(|| (execution.ctx.deadline, execution.ctx.scope().cancel.clone()));
    let ctx = execution.ctx.clone();
    let ended = {
        let body = pin!(execution.ctx.clone().enter(body(ctx)));
        guard::run(body, stop).await
    };
    match ended {
        Ended::Answer(Ok(answer)) => {
            execution.succeed(LoggedArguments::value(&answer));
            Ok(answer)
        }
        Ended::Answer(Err(error)) => Err(execution.fail(outcome_of(&error), error)),
        Ended::Panicked(text) => {
            let error = AppOsError::execution("the object's body panicked").code_is("panicked").caused_by(text);
            Err(execution.fail(Outcome::Panicked, error))
        }
        Ended::TimedOut => Err(execution.fail(Outcome::TimedOut, guard::timed_out())),
        Ended::Cancelled => Err(execution.fail(Outcome::Cancelled, guard::cancelled())),
    }
}

fn within_limits(ctx: &Ctx) -> Result<(), (Outcome, AppOsError)> {
    let scope = ctx.scope();
    if ctx.depth > scope.engine.settings.max_depth {
        let error = AppOsError::dispatch(format!("calls nest deeper than {}", scope.engine.settings.max_depth));
        return Err((Outcome::Failed, error.code_is("too_deep")));
    }
    if scope.cancel.is_cancelled() {
        return Err((Outcome::Cancelled, guard::cancelled()));
    }
    Ok(())
}

fn refused(object: &ObjectDescriptor, permission: Permission) -> AppOsError {
    AppOsError::security(format!("no `{permission}` permission for {}", object.reference))
}

fn no_context(object: &ObjectDescriptor) -> AppOsError {
    AppOsError::dispatch(format!(
        "{} was called outside any execution: spawn with `tokio::spawn` of the AppOS prelude, or open a scope",
        object.reference
    ))
    .code_is("no_context")
}

/// Answers kept for a time: by object, principal, state of the security data and arguments.
pub(crate) struct Answers(Cache<AnswerKey, (Duration, Arc<dyn Any + Send + Sync>)>);

#[derive(PartialEq, Eq, Hash)]
struct AnswerKey {
    object: &'static str,
    user_id: i64,
    /// An answer is never given out under other rights than it was worked out with.
    epoch: u64,
    arguments: Vec<u8>,
}

struct KeptFor;

impl<V> Expiry<AnswerKey, (Duration, V)> for KeptFor {
    fn expire_after_create(&self, _: &AnswerKey, value: &(Duration, V), _: std::time::Instant) -> Option<Duration> {
        Some(value.0)
    }
}

/// Answers kept at once, over all objects.
const KEPT_ANSWERS: u64 = 10_000;

impl Default for Answers {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(KEPT_ANSWERS).expire_after(KeptFor).build())
    }
}

/// Like [`run`], but a good answer is given again for `kept_for` to the same principal with
/// the same arguments (`key`: their JSON). Each call is authorized and recorded all the same.
pub(crate) async fn run_cached<T, B, F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    kept_for: Duration,
    key: Result<Vec<u8>>,
    arguments: LoggedArguments,
    body: B,
) -> Result<T>
where
    T: Serialize + Clone + Send + Sync + 'static,
    B: FnOnce(Ctx) -> F,
    F: Future<Output = Result<T>>,
{
    run(caller, object, (Permission::Use, "call"), arguments, move |ctx| async move {
        let scope = Arc::clone(ctx.scope());
        let epoch = scope.engine.security.epoch();
        let key = AnswerKey { object: object.reference, user_id: scope.user.id, epoch, arguments: key? };
        if let Some((_, answer)) = scope.engine.answers.0.get(&key)
            && let Some(answer) = answer.downcast_ref::<T>()
        {
            return Ok(answer.clone());
        }
        let answer = body(ctx).await?;
        scope.engine.answers.0.insert(key, (kept_for, Arc::new(answer.clone())));
        Ok(answer)
    })
    .await
}
