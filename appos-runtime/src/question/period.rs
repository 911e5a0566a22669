//! Times that are named from today: `today`, `last_month`. They are resolved when the question is asked,
//! so that an address that is kept means the same next month.

use chrono::{Datelike, Days, Months};

use crate::value::Date;

/// Names of the periods.
pub(crate) const PERIODS: [&str; 16] = [
    "today",
    "yesterday",
    "tomorrow",
    "last_7_days",
    "last_30_days",
    "next_7_days",
    "next_30_days",
    "this_week",
    "last_week",
    "next_week",
    "this_month",
    "last_month",
    "next_month",
    "this_quarter",
    "this_year",
    "last_year",
];

/// The first day of a period, and the day after its last; `None`: there is no such period, or the
/// calendar ends before it.
pub(crate) fn period(name: &str, today: Date) -> Option<(Date, Date)> {
    let days = |from: i64, length: u64| {
        let by = Days::new(from.unsigned_abs());
        let first = if from < 0 { today.checked_sub_days(by) } else { today.checked_add_days(by) }?;
        Some((first, first.checked_add_days(Days::new(length))?))
    };
    let week = |from: i64| days(from * 7 - i64::from(today.weekday().num_days_from_monday()), 7);
    let months = |first: Date, from: i32, length: u32| {
        let by = Months::new(from.unsigned_abs());
        let first = if from < 0 { first.checked_sub_months(by) } else { first.checked_add_months(by) }?;
        Some((first, first.checked_add_months(Months::new(length))?))
    };
    let (month, year) = (today.with_day(1)?, today.with_ordinal(1)?);
    match name {
        "today" => days(0, 1),
        "yesterday" => days(-1, 1),
        "tomorrow" => days(1, 1),
        // Today is one of them.
        "last_7_days" => days(-6, 7),
        "last_30_days" => days(-29, 30),
        "next_7_days" => days(0, 7),
        "next_30_days" => days(0, 30),
        "this_week" => week(0),
        "last_week" => week(-1),
        "next_week" => week(1),
        "this_month" => months(month, 0, 1),
        "last_month" => months(month, -1, 1),
        "next_month" => months(month, 1, 1),
        "this_quarter" => months(month.with_month0(month.month0() / 3 * 3)?, 0, 3),
        "this_year" => months(year, 0, 12),
        "last_year" => months(year, -12, 12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{PERIODS, period};
    use crate::value::Date;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn each_period_is_where_the_calendar_has_it() {
        let at = |name, today| period(name, date(today)).map(|(first, end)| (first.to_string(), end.to_string()));
        let is = |first: &str, end: &str| Some((first.to_owned(), end.to_owned()));
        // A Sunday, in a leap year.
        assert_eq!(at("today", "2028-03-05"), is("2028-03-05", "2028-03-06"));
        assert_eq!(at("last_7_days", "2028-03-05"), is("2028-02-28", "2028-03-06"));
        assert_eq!(at("this_week", "2028-03-05"), is("2028-02-28", "2028-03-06"));
        assert_eq!(at("last_week", "2028-03-05"), is("2028-02-21", "2028-02-28"));
        assert_eq!(at("last_month", "2028-03-31"), is("2028-02-01", "2028-03-01"));
        assert_eq!(at("last_month", "2028-01-31"), is("2027-12-01", "2028-01-01"));
        assert_eq!(at("this_quarter", "2028-12-31"), is("2028-10-01", "2029-01-01"));
        assert_eq!(at("last_year", "2028-02-29"), is("2027-01-01", "2028-01-01"));
        assert_eq!(at("next_month", "2028-12-31"), is("2029-01-01", "2029-02-01"));
        assert_eq!(at("someday", "2028-12-31"), None);
    }

    #[test]
    fn every_period_has_days_on_any_day() {
        for today in ["2027-01-01", "2028-02-29", "2028-12-31", "9999-12-31"] {
            for name in PERIODS {
                let found = period(name, date(today));
                assert!(found.is_some_and(|(first, end)| first < end), "{name} on {today}: {found:?}");
            }
        }
    }
}
