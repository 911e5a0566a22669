//! Which lines are asked for.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate};
use regex::bytes::Regex;

use super::line::{IdPrefix, Line, written_at};

/// Ends of calls that are asked for; of all, if nothing is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcomes {
    /// Whatever did not end well.
    pub(crate) errors: bool,
    /// What somebody was not allowed to do.
    pub(crate) denied: bool,
    /// Outcomes by name.
    pub(crate) named: Vec<String>,
}

/// What happened outside of calls and did not go well, in the category `security`.
const BAD_ACTIONS: [&str; 5] = ["denied", "refused", "setup_failed", "sign_in_failed", "sign_in_throttled"];

impl Outcomes {
    fn hold(&self, line: &Line<'_>) -> bool {
        if !self.errors && !self.denied && self.named.is_empty() {
            return true;
        }
        let (outcome, action) = (line.outcome(), line.action());
        let is_bad = match (outcome, action) {
            (Some(outcome), _) => outcome != "ok",
            (None, Some(action)) => BAD_ACTIONS.contains(&action),
            // Lines that were lost.
            (None, None) => true,
        };
        let is_denied = outcome == Some("denied") || action == Some("denied");
        (self.errors && is_bad)
            || (self.denied && is_denied)
            || self.named.iter().any(|named| outcome == Some(named) || action == Some(named))
    }
}

/// A moment before which lines began.
#[derive(Debug)]
pub(crate) struct Until {
    at_us: i64,
    /// As the platform writes it; none beyond the years that it can write.
    written: Option<String>,
}

impl Until {
    /// A moment in microseconds since 1970.
    pub(crate) fn at(at_us: i64) -> Self {
        let at = DateTime::from_timestamp_micros(at_us).filter(|at| (0..=9999).contains(&at.year()));
        Self { at_us, written: at.map(|at| at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()) }
    }

    /// Its day, in UTC.
    pub(crate) fn day(&self) -> Option<NaiveDate> {
        DateTime::from_timestamp_micros(self.at_us).map(|at| at.date_naive())
    }
}

/// Whose lines are asked for: those of his own calls of objects that he may view.
#[derive(Clone, Debug)]
pub(crate) struct SeenBy {
    pub(crate) user_id: i64,
    pub(crate) objects: BTreeSet<String>,
}

impl SeenBy {
    fn sees(&self, line: &Line<'_>) -> bool {
        line.user_id == Some(self.user_id) && line.object_ref().is_some_and(|object| self.objects.contains(object))
    }
}

/// Which lines are asked for; those that fit all that is given.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    /// Not before, in microseconds since 1970.
    pub(crate) since_us: Option<i64>,
    pub(crate) until: Option<Until>,
    pub(crate) outcomes: Outcomes,
    /// An object, or the parts before its name: `crm`, `crm.rules`.
    pub(crate) object: Option<String>,
    /// Name, the part of an address before its `@`, or number.
    pub(crate) user: Option<String>,
    pub(crate) execution: Option<IdPrefix>,
    /// The trace, of this platform or of another system.
    pub(crate) trace: Option<IdPrefix>,
    /// Took as long at least.
    pub(crate) slow_us: Option<i64>,
    /// Is found in the line as it is written.
    pub(crate) grep: Option<Regex>,
    /// None: everybody's.
    pub(crate) seen_by: Option<SeenBy>,
    /// A refusal stands in the line of its call and in the category `security`: once is enough.
    pub(crate) once: bool,
}

impl Filter {
    /// True if the line is told to be too late by its first bytes: of a day's file all that stands
    /// behind the time that is asked for has to be looked at, since what took long is written late.
    pub(super) fn is_too_late(&self, bytes: &[u8]) -> bool {
        let until = self.until.as_ref().and_then(|until| until.written.as_deref()).map(str::as_bytes);
        // In this form moments are ordered as texts.
        until.is_some_and(|until| written_at(bytes).is_some_and(|at| at >= until))
    }

    /// True if the line is asked for. `is_twice`: lines of calls are read beside this file.
    pub(crate) fn holds(&self, line: &Line<'_>, bytes: &[u8], is_twice: bool) -> bool {
        self.since_us.is_none_or(|since| line.at_us >= since)
            && self.until.as_ref().is_none_or(|until| line.at_us < until.at_us)
            && self.seen_by.as_ref().is_none_or(|seen_by| seen_by.sees(line))
            && self.outcomes.hold(line)
            && self.slow_us.is_none_or(|slow| line.outcome().is_some() && line.duration_us() >= slow)
            && self.object.as_ref().is_none_or(|wanted| line.object_ref().is_some_and(|it| is_below(it, wanted)))
            && self.user.as_ref().is_none_or(|wanted| is_user(line, wanted))
            && self.execution.as_ref().is_none_or(|id| line.is_of(id))
            && self.trace.as_ref().is_none_or(|id| line.is_of_trace(id))
            && !(self.once && is_twice && is_refused_call(line))
            && self.grep.as_ref().is_none_or(|pattern| pattern.is_match(bytes))
    }
}

/// True of `crm.rules.rate` below `crm.rules.rate`, `crm.rules` and `crm`.
fn is_below(object: &str, wanted: &str) -> bool {
    object.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn is_user(line: &Line<'_>, wanted: &str) -> bool {
    let is_named = line.user().is_some_and(|name| {
        name.eq_ignore_ascii_case(wanted)
            || name.split_once('@').is_some_and(|(before, _)| before.eq_ignore_ascii_case(wanted))
    });
    is_named || line.user_id.is_some_and(|id| wanted.parse() == Ok(id))
}

fn is_refused_call(line: &Line<'_>) -> bool {
    line.action() == Some("denied") && line.execution_id().is_some() && line.object_ref().is_some()
}
