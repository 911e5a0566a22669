//! Values as short texts of JSON, each written as one piece: a serializer looks at each piece for
//! characters to escape, and formatting gives a piece for a digit or two.

use std::fmt;

use chrono::{Datelike, Timelike};
use serde::Serializer;

use super::{Date, DateTime};

/// A date in the form that chrono writes.
pub(super) fn date<S: Serializer>(serializer: S, date: Date) -> Result<S::Ok, S::Error> {
    let mut piece = Piece::new();
    match piece.date(date).and_then(|()| piece.text()) {
        Some(text) => serializer.serialize_str(text),
        None => short(serializer, &format_args!("{date}")),
    }
}

/// A moment in the form that chrono writes.
pub(super) fn moment<S: Serializer>(serializer: S, moment: &DateTime) -> Result<S::Ok, S::Error> {
    let mut piece = Piece::new();
    match piece.moment(moment).and_then(|()| piece.text()) {
        Some(text) => serializer.serialize_str(text),
        None => short(serializer, &format_args!("{:?}Z", moment.naive_utc())),
    }
}

/// Whatever can be formatted.
pub(super) fn short<S: Serializer>(serializer: S, text: &fmt::Arguments<'_>) -> Result<S::Ok, S::Error> {
    let mut piece = Piece::new();
    let whole = fmt::write(&mut piece, *text).ok().and_then(|()| piece.text());
    match whole {
        Some(whole) => serializer.serialize_str(whole),
        None => serializer.collect_str(text),
    }
}

struct Piece {
    bytes: [u8; 64],
    length: usize,
}

impl Piece {
    const fn new() -> Self {
        Self { bytes: [0; 64], length: 0 }
    }

    fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(..self.length)?).ok()
    }

    fn push(&mut self, text: &[u8]) -> Option<()> {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end)?.copy_from_slice(text);
        self.length = end;
        Some(())
    }

    /// A number with so many digits; the first ones may be zero.
    fn digits(&mut self, mut number: u32, count: usize) -> Option<()> {
        let end = self.length + count;
        for digit in self.bytes.get_mut(self.length..end)?.iter_mut().rev() {
            // Always less than ten.
            *digit = b'0' + u8::try_from(number % 10).unwrap_or_default();
            number /= 10;
        }
        self.length = end;
        Some(())
    }

    /// `None`: the year has a sign, or more digits than most.
    fn date(&mut self, date: Date) -> Option<()> {
        self.digits(u32::try_from(date.year()).ok().filter(|year| *year <= 9999)?, 4)?;
        for number in [date.month(), date.day()] {
            self.push(b"-")?;
            self.digits(number, 2)?;
        }
        Some(())
    }

    /// `None`: its date has another form, or its second is a leap second.
    fn moment(&mut self, moment: &DateTime) -> Option<()> {
        self.date(moment.date_naive())?;
        for (mark, number) in [(b"T", moment.hour()), (b":", moment.minute()), (b":", moment.second())] {
            self.push(mark)?;
            self.digits(number, 2)?;
        }
        let nanoseconds = moment.nanosecond();
        // As few groups of three digits as hold it.
        let (fraction, count) = match nanoseconds {
            0 => return self.push(b"Z"),
            1_000_000_000.. => return None,
            whole if whole.is_multiple_of(1_000_000) => (whole / 1_000_000, 3),
            whole if whole.is_multiple_of(1_000) => (whole / 1_000, 6),
            _ => (nanoseconds, 9),
        };
        self.push(b".")?;
        self.digits(fraction, count)?;
        self.push(b"Z")
    }
}

impl fmt::Write for Piece {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes()).ok_or(fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use serde_json::json;

    use crate::value::Value;

    #[test]
    fn dates_and_moments_have_the_form_that_chrono_writes() {
        let years = [-262_143, -1, 0, 1, 999, 1970, 2024, 9999, 10_000, 262_142];
        let nanoseconds = [0, 1, 1_000, 120_000, 123_456_000, 500_000_000, 999_999_999, 1_500_000_000];
        for (year, nanosecond) in years.iter().flat_map(|year| nanoseconds.map(|nanosecond| (*year, nanosecond))) {
            let date = NaiveDate::from_ymd_opt(year, 2, 28).unwrap();
            let moment = date.and_hms_nano_opt(7, 5, 59, nanosecond).unwrap();
            assert_eq!(json!(Value::Date(date)), date.to_string());
            assert_eq!(json!(Value::DateTime(moment.and_utc())), format!("{moment:?}Z"));
        }
        let first = NaiveDate::from_ymd_opt(1999, 12, 30).unwrap().and_hms_opt(0, 0, 0).unwrap();
        for step in 0..2_000 {
            let moment = first + TimeDelta::minutes(step * 1_111) + TimeDelta::milliseconds(step * 37);
            assert_eq!(json!(Value::DateTime(moment.and_utc())), format!("{moment:?}Z"));
        }
    }
}
