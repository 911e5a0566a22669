//! The clock of a test's platform, to be moved.

use std::time::Duration;

use super::of_test;
use crate::config::length_of_time;
use crate::record::Store;
use crate::state::Ctx;
use crate::value::{Date, DateTime};

/// A length of time: `"90s"`, `"1h"`, `"7d"`, or a [`Duration`].
pub trait Length {
    /// The length.
    ///
    /// # Errors
    /// Why it is none.
    fn length(self) -> Result<Duration, String>;
}

impl Length for Duration {
    fn length(self) -> Result<Duration, String> {
        Ok(self)
    }
}

impl Length for &str {
    fn length(self) -> Result<Duration, String> {
        length_of_time(self)
    }
}

/// A moment: `"2026-03-01T09:00:00Z"`, `"2026-03-01"` for its first, a [`Date`] or a [`DateTime`].
pub trait Moment {
    /// The moment.
    ///
    /// # Errors
    /// Why it is none.
    fn moment(self) -> Result<DateTime, String>;
}

impl Moment for DateTime {
    fn moment(self) -> Result<DateTime, String> {
        Ok(self)
    }
}

impl Moment for Date {
    fn moment(self) -> Result<DateTime, String> {
        Ok(self.and_time(chrono::NaiveTime::MIN).and_utc())
    }
}

impl Moment for &str {
    fn moment(self) -> Result<DateTime, String> {
        if let Ok(day) = self.parse::<Date>() {
            return day.moment();
        }
        let read = chrono::DateTime::parse_from_rfc3339(self).map(|moment| moment.to_utc());
        read.map_err(|_| format!("`{self}` is no moment: write \"2026-03-01T09:00:00Z\" or \"2026-03-01\""))
    }
}

/// Moves the clock of the test on: what is kept for a time, ends at a time or waits for one sees it.
///
/// # Panics
/// Outside of a test; if it is no length of time.
#[track_caller]
pub fn advance(by: impl Length) {
    let ctx = of_test("advance");
    match by.length() {
        Ok(by) => ctx.scope().engine.clock.advance(by),
        Err(wrong) => panic!("`advance`: {wrong}"),
    }
    told(&ctx);
}

/// Sets the clock of the test, from where it goes on.
///
/// # Panics
/// Outside of a test; if it is no moment.
#[track_caller]
pub fn set_time(to: impl Moment) {
    let ctx = of_test("set_time");
    match to.moment() {
        Ok(to) => ctx.scope().engine.clock.set(to),
        Err(wrong) => panic!("`set_time`: {wrong}"),
    }
    told(&ctx);
}

/// What waits in the outbox may be due now.
fn told(ctx: &Ctx) {
    if let Some(store) = ctx.scope().engine.resource::<Store>() {
        store.enqueued().notify_one();
    }
}
