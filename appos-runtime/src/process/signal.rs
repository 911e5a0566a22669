//! `wait_for`: a process waits until somebody tells it something.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::entry::row;
use super::entry::{Entry, EntryKind, EntryRow, EntryState, known};
use super::place::Place;
use super::run::{Branch, Run};
use super::step::{Waiting, stopped};
use super::timer::{self, Abandons};
use crate::error::{AppOsError, Result};

/// Has a process wait for a signal: `let paid: Payment = wait_for("paid").await?`.
///
/// A signal that came before is not lost: each is taken in once, in the order in which they came.
pub fn wait_for<T>(name: impl Into<String>) -> WaitFor<T> {
    let at = Branch::current("wait_for(..)").map(|branch| (branch.next(), branch));
    WaitFor { name: name.into(), at, answer: PhantomData }
}

/// A wait for a signal.
#[must_use = "a process waits when this is awaited"]
pub struct WaitFor<T> {
    name: String,
    at: Result<(Place, Branch)>,
    answer: PhantomData<fn() -> T>,
}

impl<T> WaitFor<T> {
    /// Waits no longer than so; the answer is `None` then.
    pub fn timeout(self, length: Duration) -> WaitForAWhile<T> {
        WaitForAWhile { wait: self, length }
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for WaitFor<T> {
    type Output = Result<T>;
    type IntoFuture = Waiting<T>;

    fn into_future(self) -> Waiting<T> {
        Box::pin(async move {
            let (place, branch) = self.at?;
            match told(&branch.run, &place, (EntryKind::Signal, &self.name, &self.name), None, None).await? {
                Some(payload) => read(&self.name, payload),
                None => stopped().await,
            }
        })
    }
}

/// A wait for a signal that ends by itself.
#[must_use = "a process waits when this is awaited"]
pub struct WaitForAWhile<T> {
    wait: WaitFor<T>,
    length: Duration,
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for WaitForAWhile<T> {
    type Output = Result<Option<T>>;
    type IntoFuture = Waiting<Option<T>>;

    fn into_future(self) -> Waiting<Option<T>> {
        let Self { wait, length } = self;
        Box::pin(async move {
            let (place, branch) = wait.at?;
            let name = &wait.name;
            let payload = told(&branch.run, &place, (EntryKind::Signal, name, name), Some(length), None).await?;
            payload.map(|payload| read(name, payload)).transpose()
        })
    }
}

fn read<T: DeserializeOwned>(name: &str, payload: Json) -> Result<T> {
    serde_json::from_value(payload).map_err(|error| {
        AppOsError::validation(format!("the signal `{name}` is not what is waited for: {error}"))
            .code_is("unreadable_signal")
    })
}

/// Waits for a signal; `None`: its time is over. `begun` is kept with the entry.
pub(super) async fn told(
    run: &Arc<Run>,
    place: &Place,
    (kind, name, signal): (EntryKind, &str, &str),
    length: Option<Duration>,
    begun: Option<Json>,
) -> Result<Option<Json>> {
    let entry = run.state().history.at(place, (kind, name)).map(known);
    let due_at = match entry {
        Err(parked) => {
            run.park(parked.code, parked.message);
            return stopped().await;
        }
        Ok(Some(entry)) => match entry.state {
            EntryState::Completed => return Ok(Some(entry.result.unwrap_or_default())),
            // A child tells how it has failed.
            EntryState::Failed => return Ok(entry.result),
            EntryState::Skipped => return Ok(None),
            EntryState::Cancelled if run.ended.is_cancelled() => return Err(run.why_ended()),
            EntryState::Waiting => entry.due_at,
            _ => return stopped().await,
        },
        Ok(None) => {
            if run.ended.is_cancelled() {
                return Err(run.why_ended());
            }
            begin(run, place, (kind, name), length, begun.as_ref())
        }
    };
    let guard = Abandons { run, place, done: false };
    if let Some(payload) = take_in(run, place, signal) {
        let has_failed = kind == EntryKind::Child && payload.get("failed").is_some();
        guard.done(if has_failed { EntryState::Failed } else { EntryState::Completed });
        return Ok(Some(payload));
    }
    let waiting = async {
        match due_at {
            Some(at) => timer::until(run, at).await,
            None => {
                let _wait = run.waits(None);
                stopped::<()>().await;
            }
        }
    };
    tokio::select! {
        biased;
        () = run.ended.cancelled() => Err(run.why_ended()),
        () = waiting => {
            guard.done(EntryState::Skipped);
            Ok(None)
        }
    }
}

fn begin(
    run: &Arc<Run>,
    place: &Place,
    (kind, name): (EntryKind, &str),
    length: Option<Duration>,
    begun: Option<&Json>,
) -> Option<i64> {
    let now = run.work.now();
    let due_at = length.map(|length| now.saturating_add(i64::try_from(length.as_millis()).unwrap_or(i64::MAX)));
    let entry = Entry {
        kind,
        name: name.to_owned(),
        state: EntryState::Waiting,
        attempts: 0,
        result: None,
        error: None,
        due_at,
        arguments: None,
        started_at: now,
        seen: true,
    };
    let row = EntryRow { shown: begun.map(Json::to_string).unwrap_or_default(), ..row(place, &entry) };
    run.state().history.put(place.clone(), entry);
    run.note(|changes| changes.entries.push(row));
    due_at
}

fn take_in(run: &Arc<Run>, place: &Place, name: &str) -> Option<Json> {
    let mut state = run.state();
    let signal = state.history.take_signal(name)?;
    if let Some(entry) = state.history.get_mut(place) {
        entry.result = Some(signal.payload.clone());
    }
    drop(state);
    run.note(|changes| changes.taken.push((signal.id, place.clone())));
    Some(signal.payload)
}
