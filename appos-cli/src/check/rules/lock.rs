//! Whether `permissions.lock` says what the code says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io;

use crate::check::codes::{LOCK, NO_LOCK};
use crate::check::finding::{Finding, Place};
use crate::check::lock::{FILE, read, rights};
use crate::check::subject::Subject;
use crate::impact::Position;
use crate::terminal::Failure;

/// Differences that are shown; more would hide what else was found.
const SHOWN: usize = 20;

pub(super) fn out_of_date(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let help = "run `cargo appos permissions --lock`, and commit the file";
    let path = subject.platform.folder().join(FILE);
    let file = subject.shown(&path);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message = "changes of rights cannot be reviewed: there is no permissions.lock";
            return Ok(vec![Finding::new(NO_LOCK, message, help)]);
        }
        Err(error) => return Err(Failure::work(format!("{file}: {error}"), "")),
    };
    let now = rights(subject.manifest);
    let written: BTreeMap<&str, usize> = read(&text).map(|(number, line)| (line, number)).collect();
    let more = now.iter().filter(|line| !written.contains_key(line.as_str())).map(|line| (line.as_str(), '+'));
    let less = written.keys().filter(|line| !now.contains(**line)).map(|line| (*line, '-'));
    let differences: BTreeSet<(&str, char)> = more.chain(less).collect();
    if differences.is_empty() {
        return Ok(Vec::new());
    }
    let mut message = format!("{FILE} does not say who may do what (+ is in the code, - in the file)");
    for (line, sign) in differences.iter().take(SHOWN) {
        let _ = write!(message, "\n  {sign} {line}");
    }
    if let Some(left) = differences.len().checked_sub(SHOWN).filter(|left| *left > 0) {
        let _ = write!(message, "\n  and {left} more");
    }
    // The first line of the file that is not true any more.
    let first = differences.iter().find_map(|(line, _)| written.get(line)).copied();
    let place = Place { file, at: first.map(|line| Position { line, column: 1 }) };
    Ok(vec![Finding::new(LOCK, message, help).at(Some(place))])
}
