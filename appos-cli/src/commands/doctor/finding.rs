//! One thing that was looked at, and how all are shown.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::terminal::{Terminal, Tone};

/// How it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Ok,
    Warning,
    Failed,
}

/// What was found, in the form that the program's answer has, too.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Finding {
    /// Stable name of what was looked at.
    name: String,
    pub(super) status: Status,
    found: String,
    /// How to mend it; "" if nothing is to be.
    help: String,
}

impl Finding {
    pub(super) fn ok(name: &str, found: impl Into<String>) -> Self {
        Self { name: name.to_owned(), status: Status::Ok, found: found.into(), help: String::new() }
    }

    pub(super) fn warning(name: &str, found: impl Into<String>, help: impl Into<String>) -> Self {
        Self { name: name.to_owned(), status: Status::Warning, found: found.into(), help: help.into() }
    }

    pub(super) fn failed(name: &str, found: impl Into<String>, help: impl Into<String>) -> Self {
        Self { name: name.to_owned(), status: Status::Failed, found: found.into(), help: help.into() }
    }

    /// What could not be looked at.
    pub(super) fn skipped(name: &str, why: &str) -> Self {
        Self::warning(name, format!("was not looked at: {why}"), "mend what failed, and call this again")
    }

    pub(super) fn is(&self, name: &str, status: Status) -> bool {
        self.name == name && self.status == status
    }
}

/// A line each, with the way out below it.
pub(super) fn text(terminal: Terminal, findings: &[Finding]) -> String {
    let width = findings.iter().map(|finding| finding.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for Finding { name, status, found, help } in findings {
        let (word, colour) = match status {
            Status::Ok => ("ok     ", Tone::Green),
            Status::Warning => ("warning", Tone::Yellow),
            Status::Failed => ("failed ", Tone::Red),
        };
        let found = found.replace('\n', "\n           ");
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{}  {name:width$}  {found}", terminal.coloured(word, colour));
        if !help.is_empty() {
            let _ = writeln!(text, "         {:width$}  help: {help}", "");
        }
    }
    let count = |status| findings.iter().filter(|finding| finding.status == status).count();
    let _ = match (count(Status::Failed), count(Status::Warning)) {
        (0, 0) => writeln!(text, "nothing is wrong"),
        (failed, warnings) => writeln!(text, "{failed} failed, {warnings} to be looked at"),
    };
    text
}
