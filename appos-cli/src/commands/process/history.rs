//! The history of an instance as a tree: what runs side by side stands in branches of its own.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::DateTime;
use serde::Deserialize;

use super::shown::{Error, moment, short};
use crate::escape::escaped;

/// One entry of a history.
#[derive(Deserialize)]
pub(super) struct Entry {
    place: String,
    kind: String,
    name: String,
    state: String,
    attempts: i64,
    error: Option<Error>,
    execution_id: Option<String>,
    started_at: Option<String>,
    ended_at: Option<String>,
    due_at: Option<String>,
}

/// What stands at one place of a branch.
#[derive(Default)]
struct Node<'a> {
    entry: Option<&'a Entry>,
    branches: BTreeMap<u32, Branch<'a>>,
}

type Branch<'a> = BTreeMap<u32, Node<'a>>;

/// The tree, and below it what was undone.
pub(super) fn history(entries: &[Entry]) -> String {
    let (undone, done): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.place.starts_with('~'));
    let mut body = Branch::new();
    for entry in done {
        let numbers: Vec<u32> = entry.place.split('.').map(|number| number.parse().unwrap_or(u32::MAX)).collect();
        put(&mut body, &numbers, entry);
    }
    let mut text = String::new();
    draw(&body, "  ", &mut text);
    if !undone.is_empty() {
        text.push_str("  undone:\n");
        for entry in undone {
            let _ = writeln!(text, "  ~ {}", entry.told());
        }
    }
    text
}

/// Puts an entry in its place: the number of the fork, that of the branch, and so on.
fn put<'a>(branch: &mut Branch<'a>, numbers: &[u32], entry: &'a Entry) {
    match numbers {
        [] => {}
        [number] => branch.entry(*number).or_default().entry = Some(entry),
        [fork, number, rest @ ..] => {
            let node = branch.entry(*fork).or_default();
            put(node.branches.entry(*number).or_default(), rest, entry);
        }
    }
}

fn draw(branch: &Branch<'_>, before: &str, text: &mut String) {
    let last = branch.keys().next_back();
    for (number, node) in branch {
        let (here, below) = if Some(number) == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let told = node.entry.map_or_else(|| format!("{number:<6} side by side"), Entry::told);
        let _ = writeln!(text, "{before}{here}{told}");
        let below = format!("{before}{below}");
        let last = node.branches.keys().next_back();
        for (number, branch) in &node.branches {
            let (here, inner) = if Some(number) == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let _ = writeln!(text, "{below}{here}branch {number}");
            draw(branch, &format!("{below}{inner}"), text);
        }
    }
}

impl Entry {
    /// The entry in a line; in a second one what went wrong.
    fn told(&self) -> String {
        let mut text = format!("{:<6} {} {}", self.place, self.kind, escaped(short(&self.name)));
        let _ = match (self.kind.as_str(), &self.due_at) {
            ("variable", _) => Ok(()),
            (_, Some(due_at)) => write!(text, "  {} until {}", self.state, moment(due_at)),
            _ => write!(text, "  {}", self.state),
        };
        if let Some(length) = self.length() {
            let _ = write!(text, "  {length}");
        }
        if self.attempts > 1 {
            let _ = write!(text, "  {} tries", self.attempts);
        }
        if let Some(error) = &self.error {
            let _ = write!(text, "  {}", error.told());
            if let Some(execution) = &self.execution_id {
                let _ = write!(text, " (execution {execution})");
            }
        }
        text
    }

    /// How long it took.
    fn length(&self) -> Option<String> {
        if self.kind == "variable" || self.kind == "started" {
            return None;
        }
        let at = |text: &Option<String>| DateTime::parse_from_rfc3339(text.as_deref()?).ok();
        let length = (at(&self.ended_at)? - at(&self.started_at)?).num_milliseconds();
        Some(match length {
            ..1_000 => format!("{length} ms"),
            ..60_000 => format!("{}.{} s", length / 1_000, length % 1_000 / 100),
            ..3_600_000 => format!("{} min", length / 60_000),
            ..172_800_000 => format!("{} h", length / 3_600_000),
            _ => format!("{} days", length / 86_400_000),
        })
    }
}
