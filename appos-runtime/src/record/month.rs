//! Months of rows whose ids tell when they were made: the first half of a UUID of version 7 is a moment, so that what
//! was made in a month lies between two texts.

use chrono::{Datelike, Months, NaiveDate};

use crate::value::DateTime;

/// A month of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(NaiveDate);

impl Month {
    /// That of a moment, in milliseconds since 1970.
    pub(crate) fn of(millis: i64) -> Self {
        let day = DateTime::from_timestamp_millis(millis).unwrap_or_default().date_naive();
        Self(day.with_day(1).unwrap_or_default())
    }

    /// That in which an id was made; `None`: the text is no such id.
    pub(crate) fn of_id(id: &str) -> Option<Self> {
        let (high, low) = id.get(..13)?.split_once('-')?;
        let millis = i64::from_str_radix(&format!("{high}{low}"), 16).ok()?;
        DateTime::from_timestamp_millis(millis).map(|_| Self::of(millis))
    }

    /// That at the end of the name of a table: `platform_process_entry_2026_11`.
    pub(crate) fn of_table(name: &str) -> Option<Self> {
        let (rest, month) = name.rsplit_once('_')?;
        let (_, year) = rest.rsplit_once('_')?;
        if year.len() != 4 || month.len() != 2 {
            return None;
        }
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1).map(Self)
    }

    /// The name of the part of a table that has this month.
    pub(crate) fn part(self, table: &str) -> String {
        format!("{table}_{:04}_{:02}", self.0.year(), self.0.month())
    }

    pub(crate) fn next(self) -> Self {
        self.after(1)
    }

    pub(crate) fn after(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
    }

    pub(crate) fn before(self, months: u32) -> Self {
        Self(self.0.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN))
    }

    /// What no id of it comes before, and every id of an earlier month does.
    pub(crate) fn first_id(self) -> String {
        let millis = self.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis().clamp(0, (1 << 48) - 1);
        let digits = format!("{millis:012x}");
        let (high, low) = digits.split_at(8);
        format!("{high}-{low}")
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::new_execution_id;

    fn millis(text: &str) -> i64 {
        text.parse::<DateTime>().expect("a moment").timestamp_millis()
    }

    fn id(text: &str) -> String {
        new_execution_id(millis(text).unsigned_abs() * 1000).to_string()
    }

    #[test]
    fn ids_lie_in_the_month_in_which_they_were_made() {
        let month = Month::of(millis("2026-12-15T10:00:00Z"));
        assert_eq!(month.to_string(), "2026-12");
        let (first, next) = (month.first_id(), month.next().first_id());
        for at in ["2026-12-01T00:00:00Z", "2026-12-31T23:59:59.999Z"] {
            assert!(id(at) >= first && id(at) < next, "{at}");
            assert_eq!(Month::of_id(&id(at)), Some(month));
        }
        assert!(id("2026-11-30T23:59:59.999Z") < first && id("2027-01-01T00:00:00Z") >= next);
    }

    #[test]
    fn months_are_counted_over_years_and_found_in_names() {
        let month = Month::of(millis("2026-01-31T10:00:00Z"));
        assert_eq!(month.before(13).to_string(), "2024-12");
        assert_eq!(month.after(12).to_string(), "2027-01");
        assert_eq!(month.part("platform_process_entry"), "platform_process_entry_2026_01");
        assert_eq!(Month::of_table("platform_process_entry_2026_01"), Some(month));
        for name in ["platform_process_entry_default", "platform_process_entry", "entry_2026_13", "entry_26_01"] {
            assert_eq!(Month::of_table(name), None, "{name}");
        }
        assert_eq!(Month::of_id("no id at all"), None);
    }
}
