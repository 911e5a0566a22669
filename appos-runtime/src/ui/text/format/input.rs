//! Moments in inputs of forms: browsers show and send them as local times without a zone.
//!
//! When clocks go forward some local times do not exist, and when they go back some exist twice.

use chrono::{LocalResult, NaiveDateTime, TimeZone, Timelike, Utc};

use super::Format;
use crate::value::DateTime;

/// What is wrong with the text of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrongInput {
    /// It is no local time.
    NotATime,
    /// Clocks went forward over it.
    NeverWas,
}

#[allow(dead_code, reason = "screens take what they need")]
impl Format {
    /// A moment as the value of `<input type="datetime-local">`.
    pub(crate) fn for_input(&self, moment: DateTime) -> String {
        let local = self.local(moment);
        // Browsers show seconds where there are some.
        let pattern = match (local.second(), local.nanosecond() / 1_000_000) {
            (0, 0) => "%Y-%m-%dT%H:%M",
            (_, 0) => "%Y-%m-%dT%H:%M:%S",
            _ => "%Y-%m-%dT%H:%M:%S%.3f",
        };
        local.format(pattern).to_string()
    }

    /// The moment that an input names. `before` is the one that the input showed at first: if it still shows it,
    /// it is that one, with what the input has no room for. Of two moments with the same local time it is the first.
    ///
    /// # Errors
    /// The text is no local time, or a time that never was.
    pub(crate) fn moment_from_input(&self, text: &str, before: Option<DateTime>) -> Result<DateTime, WrongInput> {
        let text = text.trim();
        if let Some(before) = before.filter(|before| self.for_input(*before) == text) {
            return Ok(before);
        }
        let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|pattern| NaiveDateTime::parse_from_str(text, pattern).ok())
            .ok_or(WrongInput::NotATime)?;
        match self.time_zone().from_local_datetime(&local) {
            LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => Ok(moment.with_timezone(&Utc)),
            LocalResult::None => Err(WrongInput::NeverWas),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use chrono_tz::Tz;

    use super::super::Format;
    use super::WrongInput;
    use crate::state::Preferences;
    use crate::value::DateTime;

    fn berlin() -> Format {
        Format::of(&Preferences { time_zone: Tz::Europe__Berlin, ..Preferences::default() })
    }

    fn at(text: &str) -> DateTime {
        text.parse().unwrap_or_else(|_| Utc.timestamp_nanos(0))
    }

    #[test]
    fn an_input_gives_back_the_moment_it_shows() {
        let moment = at("2026-07-04T22:05:00Z");
        assert_eq!(berlin().for_input(moment), "2026-07-05T00:05");
        assert_eq!(berlin().moment_from_input("2026-07-05T00:05", None), Ok(moment));
        assert_eq!(berlin().for_input(at("2026-01-04T22:05:09Z")), "2026-01-04T23:05:09");
        assert_eq!(berlin().moment_from_input(" 2026-01-04T23:05:09 ", None), Ok(at("2026-01-04T22:05:09Z")));
        assert_eq!(berlin().for_input(at("2026-01-04T22:05:09.250Z")), "2026-01-04T23:05:09.250");
    }

    #[test]
    fn a_time_that_clocks_skip_is_refused() {
        // On 29 March 2026 clocks in Berlin go from 2:00 to 3:00.
        assert_eq!(berlin().moment_from_input("2026-03-29T02:30", None), Err(WrongInput::NeverWas));
        assert_eq!(berlin().moment_from_input("2026-03-29T01:59", None), Ok(at("2026-03-29T00:59:00Z")));
        assert_eq!(berlin().moment_from_input("2026-03-29T03:00", None), Ok(at("2026-03-29T01:00:00Z")));
    }

    #[test]
    fn of_a_time_that_comes_twice_the_one_that_was_there_stays() {
        // On 25 October 2026 clocks in Berlin go from 3:00 back to 2:00.
        let (first, second) = (at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
        assert_eq!([berlin().for_input(first), berlin().for_input(second)], ["2026-10-25T02:30"; 2].map(str::to_owned));
        assert_eq!(berlin().moment_from_input("2026-10-25T02:30", None), Ok(first));
        assert_eq!(berlin().moment_from_input("2026-10-25T02:30", Some(second)), Ok(second));
        assert_eq!(berlin().moment_from_input("2026-10-25T02:31", Some(second)), Ok(at("2026-10-25T00:31:00Z")));
    }

    #[test]
    fn what_an_input_has_no_room_for_is_not_lost() {
        let exact = at("2026-07-04T22:05:09.123456Z");
        let shown = berlin().for_input(exact);
        assert_eq!(berlin().moment_from_input(&shown, Some(exact)), Ok(exact));
    }

    #[test]
    fn the_last_moments_are_no_trouble() {
        for moment in [DateTime::MIN_UTC, DateTime::MAX_UTC] {
            let shown = berlin().for_input(moment);
            assert_eq!(berlin().moment_from_input(&shown, Some(moment)), Ok(moment));
            // Read as another moment or as none, but read.
            let _ = berlin().moment_from_input(&shown, None);
        }
    }

    #[test]
    fn other_texts_are_no_times() {
        for text in [
            "",
            "soon",
            "2026-13-01T00:00",
            "2026-07-05",
            "2026-07-05T24:30",
            "2026-07-05T00:05Z",
            "99999999-01-01T00:00",
        ] {
            assert_eq!(berlin().moment_from_input(text, None), Err(WrongInput::NotATime), "{text}");
        }
    }
}
