//! Waits for a moment, be it in months: nothing of the process is kept in memory meanwhile.

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use super::entry::row;
use super::entry::{Entry, EntryKind, EntryRow, EntryState, known};
use super::place::Place;
use super::run::{Branch, Run};
use super::step::{Waiting, stopped};
use crate::error::Result;
use crate::value::DateTime;

/// Longest time for which the clock, which a test may move, is not looked at.
const LOOK: Duration = Duration::from_secs(1);

const NAME: &str = "sleep";

/// So many days.
pub const fn days(number: u64) -> Duration {
    hours(number.saturating_mul(24))
}

/// So many hours.
pub const fn hours(number: u64) -> Duration {
    minutes(number.saturating_mul(60))
}

/// So many minutes.
pub const fn minutes(number: u64) -> Duration {
    seconds(number.saturating_mul(60))
}

/// So many seconds.
pub const fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

/// Has a process wait for so long: `sleep(days(7)).await?`.
///
/// What is waited for outlives the program: whichever runs by then goes on.
pub fn sleep(length: Duration) -> Sleep {
    Sleep::new(Until::Length(length))
}

/// Has a process wait for a moment.
pub fn sleep_until(moment: DateTime) -> Sleep {
    Sleep::new(Until::Moment(moment))
}

enum Until {
    Length(Duration),
    Moment(DateTime),
}

/// A wait for a moment.
#[must_use = "a process waits when this is awaited"]
pub struct Sleep {
    until: Until,
    at: Result<(Place, Branch)>,
}

impl Sleep {
    fn new(until: Until) -> Self {
        let at = Branch::current("sleep(..)").map(|branch| (branch.next(), branch));
        Self { until, at }
    }
}

impl IntoFuture for Sleep {
    type Output = Result<()>;
    type IntoFuture = Waiting<()>;

    fn into_future(self) -> Waiting<()> {
        Box::pin(async move {
            let (place, branch) = self.at?;
            let run = &branch.run;
            let entry = run.state().history.at(&place, (EntryKind::Timer, NAME)).map(known);
            let due_at = match entry {
                Err(parked) => {
                    run.park(parked.code, parked.message);
                    return stopped().await;
                }
                Ok(Some(entry)) => match entry.state {
                    EntryState::Completed => return Ok(()),
                    EntryState::Cancelled if run.ended.is_cancelled() => return Err(run.why_ended()),
                    EntryState::Waiting => entry.due_at.unwrap_or_default(),
                    _ => return stopped().await,
                },
                Ok(None) => {
                    if run.ended.is_cancelled() {
                        return Err(run.why_ended());
                    }
                    begin(run, &place, &self.until)
                }
            };
            let guard = Abandons { run, place: &place, done: false };
            tokio::select! {
                biased;
                () = run.ended.cancelled() => Err(run.why_ended()),
                () = until(run, due_at) => {
                    guard.done(EntryState::Completed);
                    Ok(())
                }
            }
        })
    }
}

/// Notes the beginning of a wait.
fn begin(run: &Arc<Run>, place: &Place, until: &Until) -> i64 {
    let now = run.work.now();
    let due_at = match until {
        Until::Length(length) => now.saturating_add(i64::try_from(length.as_millis()).unwrap_or(i64::MAX)),
        Until::Moment(moment) => moment.timestamp_millis(),
    };
    let entry = Entry {
        kind: EntryKind::Timer,
        name: NAME.to_owned(),
        state: EntryState::Waiting,
        attempts: 0,
        result: None,
        error: None,
        due_at: Some(due_at),
        arguments: None,
        started_at: now,
        seen: true,
    };
    let row = row(place, &entry);
    run.state().history.put(place.clone(), entry);
    run.note(|changes| changes.entries.push(row));
    due_at
}

/// Waits until a moment, and has the run know for what.
pub(super) async fn until(run: &Arc<Run>, due_at: i64) {
    let _wait = run.waits(Some(due_at));
    loop {
        let left = due_at.saturating_sub(run.work.now());
        let Ok(left) = u64::try_from(left) else { return };
        if left == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(left).min(LOOK)).await;
    }
}

/// Notes of a wait that is over how it has ended: given up, if nobody says otherwise.
pub(super) struct Abandons<'a> {
    pub(super) run: &'a Arc<Run>,
    pub(super) place: &'a Place,
    pub(super) done: bool,
}

impl Abandons<'_> {
    pub(super) fn done(mut self, state: EntryState) {
        self.done = true;
        self.note(state);
    }

    fn note(&self, to: EntryState) {
        let mut state = self.run.state();
        let Some(entry) = state.history.get_mut(self.place) else { return };
        entry.state = to;
        let mut row = EntryRow { ended_at: Some(self.run.work.now()), ..row(self.place, entry) };
        if entry.kind == EntryKind::Task {
            // What was answered and by whom is what one looks for in the history.
            row.shown_result.clone_from(&row.result);
        }
        drop(state);
        self.run.note(|changes| changes.entries.push(row));
    }
}

impl Drop for Abandons<'_> {
    fn drop(&mut self) {
        if !self.done {
            self.note(EntryState::Cancelled);
        }
    }
}
