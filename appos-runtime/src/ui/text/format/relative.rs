//! How long ago, or how soon.

use super::super::own::times;
use super::Format;
use crate::value::DateTime;

/// Days after which the date says more.
const MOST_DAYS: i64 = 7;

#[allow(dead_code, reason = "screens take what they need")]
impl Format {
    /// "3 minutes ago", "in 2 hours", "yesterday"; further away, the day.
    pub(crate) fn relative(&self, moment: DateTime, now: DateTime) -> String {
        let seconds = (moment - now).num_seconds();
        let (ahead, away) = (seconds > 0, seconds.unsigned_abs());
        if away < 60 {
            return times::just_now().to_owned();
        }
        let minutes = away / 60;
        if minutes < 60 {
            return if ahead { times::in_minutes(minutes) } else { times::minutes_ago(minutes) };
        }
        let days = (self.day_of(moment) - self.day_of(now)).num_days();
        let hours = minutes / 60;
        if days == 0 || hours < 6 {
            return if ahead { times::in_hours(hours) } else { times::hours_ago(hours) };
        }
        match days {
            1 => times::tomorrow().to_owned(),
            -1 => times::yesterday().to_owned(),
            2..=MOST_DAYS => times::in_days(days.unsigned_abs()),
            _ if (-MOST_DAYS..0).contains(&days) => times::days_ago(days.unsigned_abs()),
            _ => self.date(self.day_of(moment)),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, TimeZone, Utc};

    use super::super::Format;

    #[test]
    fn what_is_near_is_told_by_its_distance() {
        let now = Utc.with_ymd_and_hms(2026, 7, 4, 12, 0, 0).single().unwrap_or_default();
        let told = |seconds: i64| Format::of_language("en").relative(now + Duration::seconds(seconds), now);
        let (minute, hour, day) = (60, 3600, 86_400);
        assert_eq!(told(0), "just now");
        assert_eq!([told(-minute), told(5 * minute)], ["1 minute ago", "in 5 minutes"]);
        assert_eq!([told(-3 * hour), told(hour)], ["3 hours ago", "in 1 hour"]);
        assert_eq!([told(-day), told(day), told(-3 * day)], ["yesterday", "tomorrow", "3 days ago"]);
        assert_eq!([told(-10 * day), told(30 * day)], ["Jun 24, 2026", "Aug 3, 2026"]);
    }
}
