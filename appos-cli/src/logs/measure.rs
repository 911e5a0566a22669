//! Counts calls by object, and how long they took, from the lines of the category `performance`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::DateTime;
use serde::Serialize;

use super::folder::{Days, LogFolder};
use super::read::Reading;
use super::trace::scan;
use crate::progress::Progress;

/// Most calls that are counted: the durations of all are kept to tell percentiles exactly.
const MOST: usize = 20_000_000;

/// Calls of one object in some time.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Measured {
    pub(crate) object: String,
    pub(crate) kind: String,
    pub(crate) calls: usize,
    /// Calls that did not end well, for whatever reason.
    pub(crate) errors: usize,
    /// Errors by outcome: `denied`, `failed`, `timed_out` and so on.
    pub(crate) outcomes: BTreeMap<String, usize>,
    /// Errors of a hundred calls.
    pub(crate) error_percent: f64,
    pub(crate) p50_us: u32,
    pub(crate) p95_us: u32,
    pub(crate) p99_us: u32,
    pub(crate) max_us: u32,
}

#[derive(Default)]
struct Calls {
    kind: String,
    /// In microseconds, up to an hour and more.
    durations: Vec<u32>,
    outcomes: BTreeMap<String, usize>,
}

/// The calls that ended between two moments, by object, for objects that are wanted; and what is to be said beside.
pub(crate) fn measure(
    folder: &LogFolder,
    (since_us, until_us): (i64, i64),
    is_wanted: impl Fn(&str) -> bool,
) -> (Vec<Measured>, Vec<String>) {
    let day = |at_us| DateTime::from_timestamp_micros(at_us).map(|at| at.date_naive());
    // A file is of the day on which calls began: one that ends today may have begun yesterday, and is rare.
    let files = folder.files(Days { first: day(since_us), last: day(until_us) }, &["performance"], |_| true);
    let mut reading = Reading::of(&files, Progress::begin());
    let mut objects = BTreeMap::<String, Calls>::new();
    let mut counted = 0;
    scan(&files, Some(since_us), Some(until_us), &mut reading, |file, line, _| {
        let (Some(object), Some(outcome)) = (line.object_ref(), line.outcome()) else {
            return ControlFlow::Continue(());
        };
        let end_us = line.end_us();
        if end_us < since_us || end_us >= until_us || !is_wanted(object) {
            return ControlFlow::Continue(());
        }
        if counted >= MOST {
            return ControlFlow::Break(());
        }
        counted += 1;
        if !objects.contains_key(object) {
            let kind = file.path.parent().and_then(|folder| folder.parent()?.file_name());
            let kind = kind.map(|kind| kind.to_string_lossy().into_owned()).unwrap_or_default();
            objects.insert(object.to_owned(), Calls { kind, ..Calls::default() });
        }
        if let Some(calls) = objects.get_mut(object) {
            calls.durations.push(u32::try_from(line.duration_us()).unwrap_or(u32::MAX));
            if outcome != "ok" {
                *calls.outcomes.entry(outcome.to_owned()).or_default() += 1;
            }
        }
        ControlFlow::Continue(())
    });
    let mut notes = reading.unreadable.told();
    if counted >= MOST {
        notes.push(format!("only the first {MOST} calls are counted: ask for less time"));
    }
    (objects.into_iter().map(|(object, calls)| calls.measured(object)).collect(), notes)
}

impl Calls {
    fn measured(mut self, object: String) -> Measured {
        self.durations.sort_unstable();
        let calls = self.durations.len();
        let errors: usize = self.outcomes.values().sum();
        // The smallest duration that so many of a hundred calls do not exceed.
        let percentile = |of_hundred: usize| {
            let rank = (calls * of_hundred).div_ceil(100).max(1);
            self.durations.get(rank - 1).copied().unwrap_or_default()
        };
        #[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
        let error_percent = (errors as f64 * 10_000.0 / calls.max(1) as f64).round() / 100.0;
        Measured {
            object,
            kind: self.kind,
            calls,
            errors,
            error_percent,
            p50_us: percentile(50),
            p95_us: percentile(95),
            p99_us: percentile(99),
            max_us: self.durations.last().copied().unwrap_or_default(),
            outcomes: self.outcomes,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{LogFolder, measure};

    #[test]
    fn calls_are_counted_by_object_and_their_percentiles_are_exact() {
        let folder = tempfile::tempdir().expect("a folder");
        let day = folder.path().join("rule/performance");
        fs::create_dir_all(&day).expect("a folder");
        let line = |number: u32, outcome: &str| {
            let (minute, second) = (number / 60, number % 60);
            format!(
                "{{\"v\":1,\"ts\":\"2026-11-24T10:{minute:02}:{second:02}.000000Z\",\"object_ref\":\"crm.rules.rate\",\
                 \"outcome\":\"{outcome}\",\"duration_us\":{number}.5}}\n"
            )
        };
        let mut text: String = (1..=99).map(|number| line(number, "ok")).collect();
        text += &line(100, "failed");
        text += &line(1_000, "ok").replace("crm.rules.rate", "crm.rules.hidden");
        text += "broken\n";
        fs::write(day.join("2026-11-24.jsonl"), text).expect("a file");
        let at = |text: &str| chrono::DateTime::parse_from_rfc3339(text).expect("a moment").timestamp_micros();
        let whole = (at("2026-11-24T00:00:00Z"), at("2026-11-25T00:00:00Z"));
        let named = LogFolder::named(folder.path());
        let (measured, notes) = measure(&named, whole, |object| object != "crm.rules.hidden");
        assert_eq!(measured.len(), 1);
        let rate = &measured[0];
        assert_eq!((rate.calls, rate.errors, rate.outcomes["failed"]), (100, 1, 1));
        assert_eq!((rate.p50_us, rate.p95_us, rate.p99_us, rate.max_us), (50, 95, 99, 100));
        assert_eq!((rate.kind.as_str(), rate.error_percent.to_string().as_str()), ("rule", "1"));
        assert!(notes[0].contains("broken"), "{notes:?}");
        let (measured, _) = measure(&named, (at("2026-11-24T10:01:00Z"), whole.1), |_| true);
        assert_eq!(measured.iter().map(|one| one.calls).sum::<usize>(), 42, "from the sixtieth on");
    }
}
