//! The order of a call, on one screen.
//!
//! A call is a future written by hand: it holds its body's state exactly once. The same as an
//! `async fn` would hold it several times over, and calls within calls would grow with each
//! level until they filled the stack.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use moka::Expiry;
use moka::sync::Cache;
use pin_project_lite::pin_project;
use serde::Serialize;
use tokio::task::futures::TaskLocalFuture;

use super::authorize::{allowed_now, authorize};
use super::execution::{Execution, outcome_of};
use super::guard::{self, Stop, Stopper};
use crate::error::{AppOsError, Result};
use crate::journal::{LoggedArguments, Outcome};
use crate::registry::{ObjectDescriptor, ObjectKind};
use crate::security::{Because, Permission};
use crate::state::Ctx;

/// What is called, and as what.
struct Start<B> {
    caller: Ctx,
    object: &'static ObjectDescriptor,
    /// The object whose permissions count: it, but for a step, which has those of its process.
    judged: &'static ObjectDescriptor,
    permission: Permission,
    operation: &'static str,
    arguments: LoggedArguments,
    body: B,
}

pin_project! {
    /// A call of an object: authorize, open an execution, run, record.
    #[project = CallState]
    pub(crate) enum Call<B, F> {
        /// Not polled yet. `None`: polled to its end, or made outside any context.
        Ready { start: Option<Start<B>>, object: &'static ObjectDescriptor },
        /// The security data has changed and is being read.
        Authorizing { start: Option<Start<B>>, decision: Pin<Box<dyn Future<Output = Result<Because>> + Send>> },
        /// The body runs.
        Running {
            #[pin]
            body: TaskLocalFuture<Ctx, F>,
            execution: Option<Execution>,
            stop: Option<Stopper>,
        },
    }
}

/// Calls a body as the object.
///
/// `caller` is the context in which the call was written, not the one in which it is polled:
/// a call handed to another task stays its caller's.
///
/// # Errors
/// Outside any context; refused; too deep; too late; cancelled; panicked; or the body's own.
pub(crate) fn run<T, B, F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    (permission, operation): (Permission, &'static str),
    arguments: LoggedArguments,
    body: B,
) -> Call<B, F>
where
    T: Serialize,
    B: FnOnce(Ctx) -> F,
    F: Future<Output = Result<T>>,
{
    let start = caller.map(|caller| Start { caller, object, judged: object, permission, operation, arguments, body });
    Call::Ready { start, object }
}

/// Like [`run`], with the permissions of another object, of which this one is a part.
#[cfg(feature = "db")]
pub(crate) fn run_within<T, B, F>(
    (caller, judged): (Ctx, &'static ObjectDescriptor),
    object: &'static ObjectDescriptor,
    (permission, operation): (Permission, &'static str),
    arguments: LoggedArguments,
    body: B,
) -> Call<B, F>
where
    T: Serialize,
    B: FnOnce(Ctx) -> F,
    F: Future<Output = Result<T>>,
{
    Call::Ready { start: Some(Start { caller, object, judged, permission, operation, arguments, body }), object }
}

impl<T, B, F> Future for Call<B, F>
where
    T: Serialize,
    B: FnOnce(Ctx) -> F,
    F: Future<Output = Result<T>>,
{
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        loop {
            let next = match self.as_mut().project() {
                CallState::Ready { start, object } => {
                    let Some(ready) = start.take() else { return Poll::Ready(Err(no_context(object))) };
                    match allowed_now(&ready.caller, ready.judged, ready.permission) {
                        Some(decision) => begin(ready, Ok(decision)),
                        None => {
                            let decision = authorize(ready.caller.clone(), ready.judged, ready.permission);
                            Ok(Call::Authorizing { start: Some(ready), decision: Box::pin(decision) })
                        }
                    }
                }
                CallState::Authorizing { start, decision } => {
                    let decision = ready!(decision.as_mut().poll(context));
                    let Some(start) = start.take() else { return Poll::Pending };
                    begin(start, decision)
                }
                CallState::Running { body, execution, stop } => {
                    return proceed(body, execution, stop, context);
                }
            };
            match next {
                Ok(next) => self.set(next),
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

/// Opens the execution, and the body if the call is allowed and within its limits.
fn begin<T, B, F>(start: Start<B>, decision: Result<Because>) -> Result<Call<B, F>>
where
    B: FnOnce(Ctx) -> F,
    F: Future<Output = Result<T>>,
{
    let Start { caller, object, judged: _, permission, operation, arguments, body } = start;
    let decided = decision.as_ref().ok().map(|because| (permission, *because));
    let execution = Execution::open(&caller, object, (operation, decided), arguments);
    match decision {
        Ok(because) if because.allows() => {}
        Ok(_) => return Err(execution.refuse(permission, refused(object, permission))),
        Err(error) => return Err(execution.fail(Outcome::Failed, error)),
    }
    if let Err(error) = in_its_place(&caller, object) {
        return Err(execution.fail(Outcome::Failed, error));
    }
    if let Err((outcome, error)) = within_limits(&execution.ctx) {
        return Err(execution.fail(outcome, error));
    }
    let engine = &caller.scope().engine;
    // What only reads is never asked for more.
    if permission != Permission::View
        && (engine.privileged)(object, permission)
        && let Err(error) = engine.can_tell_of_changes()
    {
        return Err(execution.fail(Outcome::Failed, error));
    }
    // A call polled in another task than it was written in is not under its caller's timer.
    let guarded = caller.guarded && object.timeout.is_none() && Ctx::is_current(caller.execution_id);
    let stop = (!guarded).then(|| guard::stopper(execution.ctx.deadline, execution.ctx.scope().cancel.clone()));
    let ctx = execution.ctx.clone();
    // Making the body's future runs nothing of an `async fn`, but all of a plain `fn`'s closure.
    match catch_unwind(AssertUnwindSafe(|| body(ctx))) {
        Ok(body) => {
            let body = execution.ctx.clone().enter(body);
            Ok(Call::Running { body, execution: Some(execution), stop })
        }
        Err(panic) => Err(execution.fail(Outcome::Panicked, guard::panicked(&*panic))),
    }
}

/// Polls the body once, and records its end.
fn proceed<T, F>(
    body: Pin<&mut TaskLocalFuture<Ctx, F>>,
    execution: &mut Option<Execution>,
    stop: &mut Option<Stopper>,
    context: &mut Context<'_>,
) -> Poll<Result<T>>
where
    T: Serialize,
    F: Future<Output = Result<T>>,
{
    // The body is never polled again after a panic, so nobody sees it half changed.
    let polled = catch_unwind(AssertUnwindSafe(|| body.poll(context)));
    let stopped = match (&polled, stop) {
        (Ok(Poll::Pending), Some(stop)) => match stop.as_mut().poll(context) {
            Poll::Ready(stopped) => Some(stopped),
            Poll::Pending => return Poll::Pending,
        },
        (Ok(Poll::Pending), None) => return Poll::Pending,
        _ => None,
    };
    let Some(execution) = execution.take() else { return Poll::Pending };
    Poll::Ready(match (polled, stopped) {
        (Ok(Poll::Ready(Ok(answer))), _) => {
            execution.succeed(LoggedArguments::value(&answer));
            Ok(answer)
        }
        (Ok(Poll::Ready(Err(error))), _) => Err(execution.fail(outcome_of(&error), error)),
        (Err(panic), _) => Err(execution.fail(Outcome::Panicked, guard::panicked(&*panic))),
        (Ok(Poll::Pending), Some(Stop::Cancelled)) => Err(execution.fail(Outcome::Cancelled, guard::cancelled())),
        (Ok(Poll::Pending), _) => Err(execution.fail(Outcome::TimedOut, guard::timed_out())),
    })
}

/// What the body of a process calls by itself would be called again whenever it goes on.
fn in_its_place(caller: &Ctx, object: &ObjectDescriptor) -> Result<()> {
    let in_process = caller.object.is_some_and(|object| object.kind == ObjectKind::Process);
    if !in_process || matches!(object.kind, ObjectKind::Step | ObjectKind::Process) {
        return Ok(());
    }
    let error =
        format!("{} was called by the body of a process, which runs again whenever it goes on", object.reference);
    Err(AppOsError::dispatch(format!("{error}: call it in a step")).code_is("outside_step"))
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
pub(crate) struct Answers(Cache<AnswerKey, Kept>);

/// An answer, how long it is good, and since when on the platform's clock.
#[derive(Clone)]
struct Kept {
    answer: Arc<dyn Any + Send + Sync>,
    length: Duration,
    since_us: i64,
}

#[derive(PartialEq, Eq, Hash)]
struct AnswerKey {
    object: &'static str,
    user_id: i64,
    /// An answer is never given out under other rights than it was worked out with.
    epoch: u64,
    arguments: Vec<u8>,
}

struct KeptFor;

impl Expiry<AnswerKey, Kept> for KeptFor {
    fn expire_after_create(&self, _: &AnswerKey, kept: &Kept, _: std::time::Instant) -> Option<Duration> {
        Some(kept.length)
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
pub(crate) fn run_cached<T, B, F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    kept_for: Duration,
    key: Result<Vec<u8>>,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Clone + Send + Sync + 'static,
    B: FnOnce(Ctx) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    run(caller, object, (Permission::Use, "call"), arguments, move |ctx: Ctx| async move {
        let scope = Arc::clone(ctx.scope());
        let epoch = scope.engine.security.epoch();
        let key = AnswerKey { object: object.reference, user_id: scope.user.id, epoch, arguments: key? };
        let clock = &scope.engine.clock;
        if let Some(kept) = scope.engine.answers.0.get(&key)
            // The cache counts in real time: a clock that was moved is asked beside it.
            && (clock.moved_us() == 0 || !clock.has_passed(kept.since_us, kept.length))
            && let Some(answer) = kept.answer.downcast_ref::<T>()
        {
            return Ok(answer.clone());
        }
        let answer = body(ctx).await?;
        let kept = Kept { answer: Arc::new(answer.clone()), length: kept_for, since_us: clock.unix_us() };
        scope.engine.answers.0.insert(key, kept);
        Ok(answer)
    })
}
