//! Days and times for people, in their time zone.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike};
use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{T, YMD, YMDT};
use icu_datetime::input;
use icu_datetime::options::YearStyle;
use icu_locale_core::Locale;

use super::Format;
use super::locale::Formatters;
use crate::state::DateStyle;
use crate::value::{Date, DateTime};

/// With what a day, a time and both are written.
struct Dates {
    day: Formatter<Gregorian, YMD>,
    time: Formatter<(), T>,
    both: Formatter<Gregorian, YMDT>,
}

impl Dates {
    /// With names of months where the language has them in short texts.
    fn in_words(locale: &Locale) -> Option<Self> {
        Self::of(locale, YMD::medium())
    }

    /// In digits alone, with the whole year.
    fn in_digits(locale: &Locale) -> Option<Self> {
        Self::of(locale, YMD::short().with_year_style(YearStyle::Full))
    }

    fn of(locale: &Locale, fields: YMD) -> Option<Self> {
        Some(Self {
            day: Formatter::try_new(locale.into(), fields).ok()?,
            time: Formatter::try_new(locale.into(), T::hm()).ok()?,
            both: Formatter::try_new(locale.into(), fields.with_time_hm()).ok()?,
        })
    }
}

/// The day, as the formatters take it. `None`: it lies outside of what they know.
fn day_of(day: Date) -> Option<input::Date<Gregorian>> {
    let (month, day_of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    input::Date::try_new_gregorian(day.year(), month, day_of_month).ok()
}

fn time_of(time: NaiveTime) -> Option<input::Time> {
    let part = |number: u32| u8::try_from(number).ok();
    input::Time::try_new(part(time.hour())?, part(time.minute())?, part(time.second())?, 0).ok()
}

#[allow(dead_code, reason = "screens take what they need")]
impl Format {
    /// A day.
    pub(crate) fn date(&self, day: Date) -> String {
        let written = || Some(self.dates()?.day.format(&day_of(day)?).to_string());
        self.by_language().then(written).flatten().unwrap_or_else(|| day.format("%Y-%m-%d").to_string())
    }

    /// A time of the day, in the reader's time zone.
    pub(crate) fn time(&self, moment: DateTime) -> String {
        let local = self.local(moment).time();
        let written = || Some(self.dates()?.time.format(&time_of(local)?).to_string());
        self.by_language().then(written).flatten().unwrap_or_else(|| local.format("%H:%M").to_string())
    }

    /// Day and time, in the reader's time zone.
    pub(crate) fn date_time(&self, moment: DateTime) -> String {
        let local = self.local(moment);
        let both = || Some(input::DateTime { date: day_of(local.date())?, time: time_of(local.time())? });
        let written = || Some(self.dates()?.both.format(&both()?).to_string());
        self.by_language().then(written).flatten().unwrap_or_else(|| local.format("%Y-%m-%d %H:%M").to_string())
    }

    /// The day that a moment falls on for the reader.
    pub(crate) fn day_of(&self, moment: DateTime) -> Date {
        self.local(moment).date()
    }

    /// The local time; of the last hours that a moment can have, in UTC.
    pub(super) fn local(&self, moment: DateTime) -> NaiveDateTime {
        let utc = moment.naive_utc();
        let offset = self.time_zone.offset_from_utc_datetime(&utc).fix();
        utc.checked_add_offset(offset).unwrap_or(utc)
    }

    fn by_language(&self) -> bool {
        self.dates != DateStyle::Iso
    }

    fn dates(&self) -> Option<std::sync::Arc<Dates>> {
        static IN_WORDS: LazyLock<Formatters<Dates>> = LazyLock::new(Formatters::default);
        static IN_DIGITS: LazyLock<Formatters<Dates>> = LazyLock::new(Formatters::default);
        match self.dates {
            DateStyle::Language => IN_WORDS.of(&self.language, Dates::in_words),
            DateStyle::DayMonthYear => IN_DIGITS.of("en-GB", Dates::in_digits),
            DateStyle::MonthDayYear => IN_DIGITS.of("en-US", Dates::in_digits),
            DateStyle::Iso => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone, Utc};
    use chrono_tz::Tz;

    use super::super::Format;
    use crate::state::{DateStyle, Preferences};
    use crate::value::{Date, DateTime};

    fn moment() -> DateTime {
        Utc.with_ymd_and_hms(2026, 7, 4, 22, 5, 59).single().unwrap_or_default()
    }

    fn format(language: &str, time_zone: Tz, date_style: DateStyle) -> Format {
        Format::of(&Preferences { language: language.into(), time_zone, date_style, ..Preferences::default() })
    }

    #[test]
    fn a_moment_is_told_in_the_readers_language_and_zone() {
        let told = |language, zone| format(language, zone, DateStyle::Language).date_time(moment());
        assert_eq!(told("en", Tz::UTC), "Jul 4, 2026, 10:05\u{202f}PM");
        assert_eq!(told("de", Tz::Europe__Berlin), "05.07.2026, 00:05");
        assert_eq!(told("fr", Tz::America__Montreal), "4 juil. 2026, 18:05");
        assert_eq!(told("no language!", Tz::UTC), "2026-07-04 22:05");
    }

    #[test]
    fn a_reader_may_choose_another_style_than_his_languages() {
        let told: Vec<_> = DateStyle::ALL
            .iter()
            .map(|style| {
                let format = format("de", Tz::UTC, *style);
                format!("{} | {}", format.date(moment().date_naive()), format.time(moment()))
            })
            .collect();
        assert_eq!(
            told,
            ["04.07.2026 | 22:05", "2026-07-04 | 22:05", "04/07/2026 | 22:05", "7/4/2026 | 10:05\u{202f}PM",]
        );
    }

    #[test]
    fn every_day_that_a_field_can_hold_is_written() {
        for day in [Date::MIN, NaiveDate::from_ymd_opt(-44, 3, 15).unwrap_or_default(), Date::MAX] {
            assert!(!format("de", Tz::UTC, DateStyle::Language).date(day).is_empty(), "{day}");
        }
        for moment in [DateTime::MIN_UTC, DateTime::MAX_UTC] {
            for zone in [Tz::UTC, Tz::Pacific__Kiritimati, Tz::Pacific__Pago_Pago] {
                assert!(!format("en", zone, DateStyle::Language).date_time(moment).is_empty(), "{moment}");
            }
        }
    }
}
