//! Moments and durations as people write and read them.

use std::fmt::Write;

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

/// In which clock people read and write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// That of this machine.
    Local,
    Utc,
}

impl Zone {
    /// A moment in microseconds since 1970, with milliseconds.
    pub(crate) fn show(self, at_us: i64) -> String {
        let at = DateTime::from_timestamp_micros(at_us).unwrap_or_default();
        let form = "%Y-%m-%d %H:%M:%S%.3f";
        match self {
            Self::Local => at.with_timezone(&Local).format(form).to_string(),
            Self::Utc => at.format(form).to_string(),
        }
    }

    /// What a clock on the wall means, in microseconds since 1970.
    fn at(self, wall: NaiveDateTime) -> Option<i64> {
        match self {
            Self::Utc => Some(wall.and_utc().timestamp_micros()),
            // An hour that a change of clocks leaves out is the one after it.
            Self::Local => [TimeDelta::zero(), TimeDelta::hours(1)]
                .into_iter()
                .find_map(|more| Local.from_local_datetime(&wall.checked_add_signed(more)?).earliest())
                .map(|at| at.timestamp_micros()),
        }
    }
}

/// How moments are written.
pub(crate) const FORMS: &str = "write `1h`, `2026-11-24`, `2026-11-24T10:00` or `2026-11-24T10:00:00Z`";

/// Reads how long ago (`1h`), a day, or a day and a time; in microseconds since 1970.
pub(crate) fn moment(written: &str, zone: Zone, now: DateTime<Utc>) -> Option<i64> {
    let now_us = now.timestamp_micros();
    let today = || match zone {
        Zone::Local => now.with_timezone(&Local).date_naive(),
        Zone::Utc => now.date_naive(),
    };
    let midnight = |day: NaiveDate| zone.at(day.and_time(NaiveTime::MIN));
    match written {
        "now" => return Some(now_us),
        "today" => return midnight(today()),
        "yesterday" => return midnight(today().pred_opt()?),
        _ => {}
    }
    if let Some(ago) = duration(written) {
        return now_us.checked_sub(ago);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(&written.replacen(' ', "T", 1)) {
        return Some(at.timestamp_micros());
    }
    if let Ok(day) = NaiveDate::parse_from_str(written, "%Y-%m-%d") {
        return midnight(day);
    }
    let written = written.replacen(' ', "T", 1);
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H"];
    // Hours alone are no time to chrono.
    let hours = format!("{written}:00");
    let wall = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(&written, form).ok());
    zone.at(wall.or_else(|| NaiveDateTime::parse_from_str(&hours, forms[1]).ok())?)
}

/// Reads `100ms`, `1.5s`, `2h`; in microseconds.
#[expect(clippy::cast_possible_truncation, reason = "it is asked before whether it fits")]
pub(crate) fn duration(written: &str) -> Option<i64> {
    let unit_at = written.find(|sign: char| !sign.is_ascii_digit() && sign != '.')?;
    let (number, unit) = written.split_at(unit_at);
    let factor = match unit.trim() {
        "us" | "µs" => 1.0,
        "ms" => 1e3,
        "s" => 1e6,
        "m" | "min" => 60e6,
        "h" => 3600e6,
        "d" => 86_400e6,
        "w" => 604_800e6,
        _ => return None,
    };
    let micros = number.parse::<f64>().ok()? * factor;
    (micros.is_finite() && micros < 1e18).then_some(micros as i64)
}

/// A duration as people read it: three digits that matter.
pub(super) fn show_duration(micros: f64) -> String {
    let mut text = String::new();
    let (number, unit) = match micros {
        0.0 => return "0".to_owned(),
        less if less < 1000.0 => (less, "µs"),
        less if less < 1e6 => (less / 1e3, "ms"),
        less if less < 60e6 => (less / 1e6, "s"),
        more => {
            let seconds = (more / 1e6).floor();
            let (minutes, rest) = ((seconds / 60.0).floor(), seconds % 60.0);
            // Writing to a text cannot fail.
            let _ = if minutes < 60.0 {
                write!(text, "{minutes} min {rest} s")
            } else {
                write!(text, "{} h {} min", (minutes / 60.0).floor(), minutes % 60.0)
            };
            return text;
        }
    };
    let digits = if number < 10.0 { 2 } else { usize::from(number < 100.0) };
    let _ = write!(text, "{number:.digits$} {unit}");
    text
}

#[cfg(test)]
mod tests {
    use super::{Zone, duration, moment, show_duration};
    use chrono::{DateTime, Utc};

    fn utc(written: &str) -> Option<String> {
        let now: DateTime<Utc> = "2026-11-24T10:30:00Z".parse().unwrap();
        moment(written, Zone::Utc, now).map(|at| Zone::Utc.show(at))
    }

    #[test]
    fn moments_are_read_as_people_write_them() {
        for (written, expected) in [
            ("1h", "2026-11-24 09:30:00.000"),
            ("1.5d", "2026-11-22 22:30:00.000"),
            ("now", "2026-11-24 10:30:00.000"),
            ("today", "2026-11-24 00:00:00.000"),
            ("yesterday", "2026-11-23 00:00:00.000"),
            ("2026-11-20", "2026-11-20 00:00:00.000"),
            ("2026-11-20T10", "2026-11-20 10:00:00.000"),
            ("2026-11-20T10:05", "2026-11-20 10:05:00.000"),
            ("2026-11-20 10:05:06.7", "2026-11-20 10:05:06.700"),
            ("2026-11-20T10:05:06+02:00", "2026-11-20 08:05:06.000"),
        ] {
            assert_eq!(utc(written).as_deref(), Some(expected), "{written}");
        }
        for wrong in ["", "1", "h", "1 fortnight", "2026-13-01", "2026-11-24T25:00", "-1h", "1e9999h", "24.11.2026"] {
            assert_eq!(utc(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn durations_are_read_and_shown() {
        assert_eq!(duration("100ms"), Some(100_000));
        assert_eq!(duration("1.5s"), Some(1_500_000));
        assert_eq!(duration("999999999999999999999w"), None);
        for (micros, shown) in [
            (0.25, "0.25 µs"),
            (12.34, "12.3 µs"),
            (999_900.0, "1000 ms"),
            (1_500_000.0, "1.50 s"),
            (61e6, "1 min 1 s"),
            (7260e6, "2 h 1 min"),
        ] {
            assert_eq!(show_duration(micros), shown);
        }
    }
}
