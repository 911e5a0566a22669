//! The moments of a schedule.

use std::str::FromStr;

use chrono::Duration;
use croner::Cron;

use crate::error::{AppOsError, Result};
use crate::registry::{CatchUp, Schedule};
use crate::value::DateTime;

/// What was missed by less than this was not missed: programs are stopped and started.
const GRACE: Duration = Duration::minutes(1);
/// Most moments that are made up for.
const MOST: usize = 100;

/// When a process is to start that was last looked at at one moment, and when it is to be looked at next.
pub(super) struct Ticks {
    pub(super) due: Vec<DateTime>,
    pub(super) next: Option<DateTime>,
}

/// The moments of a schedule after one and up to another that are to be made up for.
///
/// A time of day that the clocks leave out is the first moment after it. One that comes twice is the first of the
/// two; of `*` and `*/15` both are.
///
/// # Errors
/// The times cannot be read, which the macro has checked.
pub(super) fn ticks(schedule: &Schedule, after: DateTime, now: DateTime) -> Result<Ticks> {
    let unreadable = |error: &croner::errors::CronError| {
        AppOsError::execution(format!("the times `{}` of a schedule cannot be read: {error}", schedule.cron))
            .code_is("invalid_schedule")
    };
    let cron = Cron::from_str(schedule.cron).map_err(|error| unreadable(&error))?;
    let most = if schedule.catch_up == CatchUp::All { MOST } else { 1 };
    let local = now.with_timezone(&schedule.time_zone);
    // From the last one backwards: of what was missed for years only so many are looked at.
    let including_now = cron.find_previous_occurrence(&local, true).ok();
    let before = including_now.into_iter().flat_map(|first| cron.iter_before(first));
    let all = including_now.into_iter().chain(before).map(|tick| tick.to_utc());
    let mut due: Vec<DateTime> = all.take_while(|tick| *tick > after).take(most).collect();
    due.reverse();
    if schedule.catch_up == CatchUp::None {
        due.retain(|tick| now - *tick < GRACE);
    }
    let next = cron.find_next_occurrence(&local, false).ok().map(|tick| tick.to_utc());
    Ok(Ticks { due, next })
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    fn due(cron: &'static str, catch_up: CatchUp, (after, now): (&str, &str)) -> Vec<String> {
        let schedule = Schedule { cron, time_zone: Tz::Europe__Berlin, catch_up };
        let moment = |text: &str| text.parse::<DateTime>().expect("a moment");
        let ticks = ticks(&schedule, moment(after), moment(now)).expect("they can be read");
        assert!(ticks.next.is_some_and(|next| next > moment(now)));
        ticks.due.iter().map(|tick| tick.format("%dT%H:%M").to_string()).collect()
    }

    #[test]
    fn a_time_that_the_clocks_leave_out_is_the_first_moment_after_it() {
        // In Berlin it was 2 and then 3 on 29 March 2026, at 1 in UTC.
        let day = ("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z");
        assert_eq!(due("30 2 * * *", CatchUp::All, day), ["29T01:00"]);
        let hours = ("2026-03-29T00:10:00Z", "2026-03-29T02:10:00Z");
        assert_eq!(due("30 * * * *", CatchUp::All, hours), ["29T00:30", "29T01:30"]);
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_of_the_two() {
        // In Berlin it was 3 and then 2 again on 25 October 2026, at 1 in UTC.
        let day = ("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z");
        assert_eq!(due("30 2 * * *", CatchUp::All, day), ["25T00:30"]);
        let hours = ("2026-10-25T00:10:00Z", "2026-10-25T02:10:00Z");
        assert_eq!(due("30 * * * *", CatchUp::All, hours), ["25T00:30", "25T01:30"]);
    }

    #[test]
    fn what_was_missed_is_made_up_for_as_was_said() {
        let days = ("2026-06-01T00:00:00Z", "2026-06-04T06:00:30Z");
        assert_eq!(due("0 8 * * *", CatchUp::All, days), ["01T06:00", "02T06:00", "03T06:00", "04T06:00"]);
        assert_eq!(due("0 8 * * *", CatchUp::Latest, days), ["04T06:00"]);
        assert_eq!(due("0 8 * * *", CatchUp::None, days), ["04T06:00"]);
        let later = ("2026-06-01T00:00:00Z", "2026-06-04T06:05:00Z");
        assert_eq!(due("0 8 * * *", CatchUp::Latest, later), ["04T06:00"]);
        assert!(due("0 8 * * *", CatchUp::None, later).is_empty());
        let done = ("2026-06-04T06:00:00Z", "2026-06-04T06:05:00Z");
        assert!(due("0 8 * * *", CatchUp::Latest, done).is_empty());
        let year = ("2025-06-04T06:00:00Z", "2026-06-04T06:05:00Z");
        assert_eq!(due("0 8 * * *", CatchUp::All, year).len(), MOST);
        assert_eq!(due("* * * * *", CatchUp::Latest, year), ["04T06:05"]);
    }
}
