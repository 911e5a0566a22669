//! The history of an instance as a tree: what runs side by side stands in branches of its own.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, FixedOffset};
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

/// What stands beside others: an entry, or what one branch of a fork does.
#[derive(Clone, Copy)]
enum Lane<'a> {
    One(&'a Entry),
    Several(&'a Branch<'a>),
}

type Moment = DateTime<FixedOffset>;

/// From when to when something ran; `None` for its end: it has not ended.
type Span = (Option<Moment>, Option<Moment>);

impl Node<'_> {
    fn span(&self) -> Span {
        let own = self.entry.map(Entry::span);
        let inner = self.branches.values().flat_map(BTreeMap::values).map(Node::span);
        let all = own.into_iter().chain(inner);
        all.reduce(|(start, end), (other, until)| (start.min(other), end.zip(until).map(|(one, two)| one.max(two))))
            .unwrap_or_default()
    }
}

/// The parts of a branch, one after the other; of each, what ran at the same time. Steps that are written down one
/// after the other and awaited together have places in a row: by their times they are known to have run side by side.
fn parts<'a>(branch: &'a Branch<'a>) -> Vec<Vec<Lane<'a>>> {
    let mut parts: Vec<(Option<Moment>, Vec<Lane<'a>>)> = Vec::new();
    for node in branch.values() {
        let (start, end) = node.span();
        let lanes = node.entry.map(Lane::One).into_iter().chain(node.branches.values().map(Lane::Several));
        match parts.last_mut() {
            Some((until, part)) if start.is_some_and(|start| until.is_none_or(|until| start < until)) => {
                *until = until.zip(end).map(|(one, other)| one.max(other));
                part.extend(lanes);
            }
            _ => parts.push((end, lanes.collect())),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

/// Draws one thing after the other, each with what is below it.
fn tree<T>(all: &[T], before: &str, text: &mut String, draw: impl Fn(&T, &str, &mut String) -> String) {
    for (place, one) in all.iter().enumerate() {
        let (here, below) = if place + 1 == all.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let mut inner = String::new();
        let told = draw(one, &format!("{before}{below}"), &mut inner);
        let _ = write!(text, "{before}{here}{told}\n{inner}");
    }
}

fn draw(branch: &Branch<'_>, before: &str, text: &mut String) {
    tree(&parts(branch), before, text, |part, below, inner| match part.as_slice() {
        [Lane::One(entry)] => entry.told(),
        lanes => {
            tree(lanes, below, inner, |lane, below, inner| lane.draw(below, inner));
            "side by side".to_owned()
        }
    });
}

impl Lane<'_> {
    fn draw(self, below: &str, inner: &mut String) -> String {
        match self {
            Self::One(entry) => entry.told(),
            Self::Several(branch) => match branch.values().next() {
                Some(Node { entry: Some(entry), branches }) if branch.len() == 1 && branches.is_empty() => entry.told(),
                _ => {
                    draw(branch, below, inner);
                    "branch".to_owned()
                }
            },
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

    fn span(&self) -> Span {
        let at = |text: &Option<String>| DateTime::parse_from_rfc3339(text.as_deref()?).ok();
        (at(&self.started_at), at(&self.ended_at))
    }

    /// How long it took.
    fn length(&self) -> Option<String> {
        if self.kind == "variable" || self.kind == "started" {
            return None;
        }
        let (started, ended) = self.span();
        let length = (ended? - started?).num_milliseconds().max(0);
        Some(match length {
            0..1_000 => format!("{length} ms"),
            1_000..60_000 => format!("{}.{} s", length / 1_000, length % 1_000 / 100),
            60_000..3_600_000 => format!("{} min", length / 60_000),
            3_600_000..172_800_000 => format!("{} h", length / 3_600_000),
            _ => format!("{} days", length / 86_400_000),
        })
    }
}
