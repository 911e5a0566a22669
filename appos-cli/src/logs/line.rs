//! One line, as far as it is needed to choose and to order it: the rest is read when it is shown.

use std::borrow::Cow;
use std::fmt;

use chrono::DateTime;
use serde::Deserialize;

/// The version of lines that this command reads.
const VERSION: u32 = 1;

/// A text of a line, without a copy if it has no escapes.
#[derive(Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What every reader needs of a line.
#[derive(Deserialize)]
pub(crate) struct Line<'a> {
    #[serde(default)]
    v: Option<u32>,
    #[serde(borrow)]
    ts: Text<'a>,
    #[serde(borrow, default)]
    execution_id: Option<Text<'a>>,
    #[serde(borrow, default)]
    parent_id: Option<Text<'a>>,
    #[serde(borrow, default)]
    root_id: Option<Text<'a>>,
    /// Of a trace that began in another system.
    #[serde(borrow, default)]
    trace_id: Option<Text<'a>>,
    #[serde(borrow, default)]
    object_ref: Option<Text<'a>>,
    #[serde(borrow, default)]
    operation: Option<Text<'a>>,
    #[serde(borrow, default)]
    outcome: Option<Text<'a>>,
    #[serde(borrow, default)]
    action: Option<Text<'a>>,
    #[serde(borrow, default)]
    user: Option<Text<'a>>,
    #[serde(default)]
    pub(crate) user_id: Option<i64>,
    #[serde(default)]
    duration_us: Option<f64>,
    /// When it began, in microseconds since 1970.
    #[serde(skip)]
    pub(crate) at_us: i64,
}

macro_rules! texts {
    ($($name:ident)*) => {
        $(pub(crate) fn $name(&self) -> Option<&str> {
            self.$name.as_ref().map(|text| &*text.0)
        })*
    };
}

impl<'a> Line<'a> {
    /// Reads a line; none if it is broken, or of a form that this command does not know.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut line: Self = serde_json::from_slice(bytes).ok()?;
        if line.v.is_some_and(|version| version != VERSION) {
            return None;
        }
        line.at_us = DateTime::parse_from_rfc3339(&line.ts.0).ok()?.timestamp_micros();
        Some(line)
    }

    texts! { execution_id parent_id root_id trace_id object_ref operation outcome action user }

    /// When it began, as it is written.
    pub(crate) fn ts(&self) -> &str {
        &self.ts.0
    }

    /// How long it took, in microseconds; zero of what only happened.
    #[expect(clippy::cast_possible_truncation, reason = "`as` stays within the bounds of i64")]
    pub(crate) fn duration_us(&self) -> i64 {
        self.duration_us.map_or(0, |duration| duration.max(0.0) as i64)
    }

    /// When it ended, which is about when it was written.
    pub(crate) fn end_us(&self) -> i64 {
        self.at_us.saturating_add(self.duration_us())
    }

    /// True if it is of this trace. Without one of another system, the root's number is that of the trace.
    pub(crate) fn is_of_trace(&self, id: &IdPrefix) -> bool {
        self.trace_id().or(self.root_id()).is_some_and(|own| id.begins(own))
    }

    /// True if one of its ids begins so.
    pub(crate) fn is_of(&self, id: &IdPrefix) -> bool {
        [self.execution_id(), self.parent_id(), self.root_id()].into_iter().flatten().any(|own| id.begins(own))
    }
}

/// When a line began, as it is written, without reading all of it. None if it is not exactly as the
/// platform writes lines.
pub(super) fn written_at(bytes: &[u8]) -> Option<&[u8]> {
    let (at, rest) =
        bytes.strip_prefix(b"{\"v\":1,\"ts\":\"")?.split_at_checked(b"2026-11-24T10:00:00.000000Z".len())?;
    (at.ends_with(b"Z") && rest.starts_with(b"\"")).then_some(at)
}

/// The beginning of the id of an execution, or all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdPrefix(String);

/// Hexadecimal digits of an id.
const DIGITS: usize = 32;
/// Digits that tell the time, in milliseconds.
const OF_TIME: usize = 12;

impl IdPrefix {
    /// Reads an id with or without hyphens. None if it can be none.
    pub(crate) fn read(written: &str) -> Option<Self> {
        let digits: String =
            written.trim().chars().filter(|sign| *sign != '-').map(|c| c.to_ascii_lowercase()).collect();
        let is_id = !digits.is_empty() && digits.len() <= DIGITS && digits.chars().all(|sign| sign.is_ascii_hexdigit());
        is_id.then_some(Self(digits))
    }

    /// True if it is the beginning of this id.
    pub(crate) fn begins(&self, id: &str) -> bool {
        let mut digits = id.chars().filter(|sign| *sign != '-');
        self.0.chars().all(|sign| digits.next() == Some(sign))
    }

    /// True if it is a whole id.
    pub(crate) fn is_whole(&self) -> bool {
        self.0.len() == DIGITS
    }

    /// Between which moments, in microseconds, executions began that have such ids. None if the
    /// id does not tell.
    pub(crate) fn between(&self) -> Option<(i64, i64)> {
        // The version of ids that begin with the time.
        if self.0.as_bytes().get(OF_TIME).is_some_and(|version| *version != b'7') {
            return None;
        }
        let known = &self.0[..self.0.len().min(OF_TIME)];
        let filled = |with: &str| {
            let digits = format!("{known}{}", with.repeat(OF_TIME - known.len()));
            i64::from_str_radix(&digits, 16).ok()?.checked_mul(1000)
        };
        Some((filled("0")?, filled("f")?.checked_add(999)?))
    }
}

impl fmt::Display for IdPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, sign) in self.0.chars().enumerate() {
            if [8, 12, 16, 20].contains(&index) {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{IdPrefix, Line};

    #[test]
    fn an_id_tells_when_its_execution_began() {
        let id = IdPrefix::read("019ACB72-4e80-7abc").unwrap();
        assert_eq!(id.to_string(), "019acb72-4e80-7abc");
        let (from, to) = id.between().unwrap();
        assert_eq!((from, to - from), (0x019a_cb72_4e80 * 1000, 999));
        let (from, to) = IdPrefix::read("019acb72").unwrap().between().unwrap();
        assert_eq!((from, to), (0x019a_cb72_0000 * 1000, 0x019a_cb72_ffff * 1000 + 999));
        assert_eq!(IdPrefix::read("019acb724e804abc").unwrap().between(), None, "of another version");
        for wrong in ["", "-", "xyz", "019acb72-4e80-7abc-8000-0000000000000"] {
            assert_eq!(IdPrefix::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_line_is_none() {
        let good = br#"{"v":1,"ts":"2026-11-24T10:00:00.000001Z","user":"a\"b","duration_us":1500.250,"new":[1]}"#;
        let line = Line::read(good).unwrap();
        assert_eq!((line.user(), line.end_us() - line.at_us), (Some("a\"b"), 1500));
        for wrong in [
            &good[..good.len() - 1],
            br#"{"v":2,"ts":"2026-11-24T10:00:00.000001Z"}"#,
            br#"{"v":1,"ts":"yesterday"}"#,
            br#"{"v":1}"#,
            b"[]",
            b"\xff",
        ] {
            assert!(Line::read(wrong).is_none(), "{}", String::from_utf8_lossy(wrong));
        }
    }
}
