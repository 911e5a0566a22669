//! `step(..)`: one piece of the work of a process, done once and remembered.

use std::future::{IntoFuture, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::call::StepCall;
use super::entry::{Entry, EntryKind, EntryRow, EntryState, row};
use super::given::text;
use super::place::Place;
use super::run::{Branch, Run};
use super::tries::Tried;
use crate::error::{AppOsError, Result};

/// That the failure of a step does not matter: `step(..).on_error(Skip)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkipErrors;

/// Goes on when a step has failed for good: `step(..).on_error(Skip)`.
// A value and no type, so that an app may have a record of this name.
#[allow(non_upper_case_globals)]
pub const Skip: SkipErrors = SkipErrors;

/// A future of what a process waits for.
pub(super) type Waiting<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

/// Does a step: once, however often the program is interrupted; what it answered is remembered.
///
/// A try that was interrupted, or has failed, is made again as often as its `retries` say, later each time. What
/// cannot get better with time is not tried again: a refusal, and wrong input.
pub fn step<T>(call: StepCall<T>) -> Step<T> {
    // The place is that in the program's text, whenever the step gets its turn.
    let at = Branch::current("step(..)").map(|branch| (branch.next(), branch));
    Step { call, at, policy: Policy::default() }
}

/// A step that is about to be done: `step(create_account(id)).retries(3).await?`.
#[must_use = "a step is done when it is awaited"]
pub struct Step<T> {
    pub(super) call: StepCall<T>,
    pub(super) at: Result<(Place, Branch)>,
    policy: Policy,
}

/// What is said of a step where it is called; the rest is said at the step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Policy {
    pub(super) retries: Option<u32>,
    pub(super) backoff: Option<Duration>,
    pub(super) timeout: Option<Duration>,
}

impl<T> Step<T> {
    /// How often it is tried again after a failure.
    pub fn retries(mut self, retries: u32) -> Self {
        self.policy.retries = Some(retries);
        self
    }

    /// The wait before it is tried again; it doubles each time.
    pub fn backoff(mut self, backoff: Duration) -> Self {
        self.policy.backoff = Some(backoff);
        self
    }

    /// How long one try may take; not longer than the step's own `timeout` says.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.policy.timeout = Some(timeout);
        self
    }

    /// Goes on without an answer when the step has failed for good.
    pub fn on_error(self, _: SkipErrors) -> MaybeStep<T> {
        MaybeStep { step: self, skips_errors: true, is_to_be_done: true }
    }

    /// Does it only if this is so; its answer is `None` otherwise.
    pub fn when(self, is_to_be_done: bool) -> MaybeStep<T> {
        MaybeStep { step: self, skips_errors: false, is_to_be_done }
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Step<T> {
    type Output = Result<T>;
    type IntoFuture = Waiting<T>;

    fn into_future(self) -> Waiting<T> {
        let Self { call, at, policy } = self;
        Box::pin(async move {
            let (place, branch) = at?;
            let answer = call_step(&branch.run, &place, EntryKind::Step, call, policy).await?;
            read(&branch.run, &place, answer)
        })
    }
}

/// A step that may be left out.
#[must_use = "a step is done when it is awaited"]
pub struct MaybeStep<T> {
    step: Step<T>,
    skips_errors: bool,
    is_to_be_done: bool,
}

impl<T> MaybeStep<T> {
    /// Goes on without an answer when the step has failed for good.
    pub fn on_error(mut self, _: SkipErrors) -> Self {
        self.skips_errors = true;
        self
    }

    /// Does it only if this is so.
    pub fn when(mut self, is_to_be_done: bool) -> Self {
        self.is_to_be_done &= is_to_be_done;
        self
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for MaybeStep<T> {
    type Output = Result<Option<T>>;
    type IntoFuture = Waiting<Option<T>>;

    fn into_future(self) -> Waiting<Option<T>> {
        let Self { step: Step { call, at, policy }, skips_errors, is_to_be_done } = self;
        Box::pin(async move {
            let (place, branch) = at?;
            let run = &branch.run;
            if !is_to_be_done {
                return left_out(run, &place, &call).await.map(|()| None);
            }
            match call_step(run, &place, EntryKind::Step, call, policy).await {
                Ok(answer) => read(run, &place, answer).map(Some),
                // A process that ends does not go on to what comes next.
                Err(error) if !skips_errors || run.ended.is_cancelled() => Err(error),
                Err(_) => Ok(None),
            }
        })
    }
}

/// What a step has answered, as its type.
fn read<T: DeserializeOwned>(run: &Arc<Run>, place: &Place, answer: Json) -> Result<T> {
    serde_json::from_value(answer).map_err(|error| {
        let message = format!("the answer at {place} can no longer be read: {error}");
        run.park("history_unreadable", message.clone());
        AppOsError::execution(message).code_is("history_unreadable")
    })
}

/// Waits for the end of the run, which is near: somebody has to look at the instance.
pub(super) async fn stopped<T>() -> T {
    pending().await
}

/// Notes that a step is not done.
async fn left_out<T>(run: &Arc<Run>, place: &Place, call: &StepCall<T>) -> Result<()> {
    let name = call.object.reference;
    let known = match run.state().history.at(place, (EntryKind::Step, name)) {
        Ok(entry) => Ok(entry.map(|entry| entry.state)),
        Err(parked) => Err(parked),
    };
    match known {
        Ok(Some(EntryState::Skipped)) => Ok(()),
        Ok(Some(state)) => {
            let message = format!("at {place} `{name}` is {}, and now the code leaves it out", state.as_str());
            run.park("history_mismatch", message);
            stopped().await
        }
        Ok(None) => {
            let now = run.work.now();
            let entry = Entry {
                kind: EntryKind::Step,
                name: name.to_owned(),
                state: EntryState::Skipped,
                attempts: 0,
                result: None,
                error: None,
                due_at: None,
                arguments: None,
                started_at: now,
                seen: true,
            };
            let row = EntryRow { shown: text(call.given.shown()), ended_at: Some(now), ..row(place, &entry) };
            run.state().history.put(place.clone(), entry);
            run.note(|changes| changes.entries.push(row));
            Ok(())
        }
        Err(parked) => {
            run.park(parked.code, parked.message);
            stopped().await
        }
    }
}

async fn call_step<T>(
    run: &Arc<Run>,
    place: &Place,
    kind: EntryKind,
    call: StepCall<T>,
    policy: Policy,
) -> Result<Json> {
    let arguments = call.given.arguments()?.clone();
    let tried = Tried { run, place, kind, object: call.object, arguments, shown: text(call.given.shown()), policy };
    Box::pin(tried.answer()).await
}
