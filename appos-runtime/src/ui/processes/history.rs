//! The history of an instance as what stands after, beside and below what.

use std::collections::BTreeMap;

use crate::process::EntrySeen;
use crate::value::DateTime;

/// Entries one after the other, each alone or beside others.
pub(super) type Sequence = Vec<Part>;

/// What happens in one go: one entry, or several lanes side by side.
#[derive(Debug)]
pub(super) enum Part {
    One(Box<EntrySeen>),
    Lanes(Vec<Sequence>),
}

#[derive(Default)]
struct Node {
    entry: Option<EntrySeen>,
    branches: BTreeMap<u32, Branch>,
}

type Branch = BTreeMap<u32, Node>;

/// From when to when something ran; `None` for its end: it has not ended.
type Span = (Option<DateTime>, Option<DateTime>);

/// What was done, and what of it was undone.
pub(super) fn arranged(entries: &[EntrySeen]) -> (Sequence, Vec<EntrySeen>) {
    let (undone, done): (Vec<_>, Vec<_>) = entries.iter().cloned().partition(|entry| entry.place.starts_with('~'));
    let mut body = Branch::new();
    for entry in done {
        let numbers: Vec<u32> = entry.place.split('.').map(|number| number.parse().unwrap_or(u32::MAX)).collect();
        put(&mut body, &numbers, entry);
    }
    (sequence(body), undone)
}

/// Puts an entry in its place: the number of the fork, that of the branch, and so on.
fn put(branch: &mut Branch, numbers: &[u32], entry: EntrySeen) {
    match numbers {
        [] => {}
        [number] => branch.entry(*number).or_default().entry = Some(entry),
        [fork, number, rest @ ..] => {
            put(branch.entry(*fork).or_default().branches.entry(*number).or_default(), rest, entry);
        }
    }
}

impl Node {
    fn span(&self) -> Span {
        let own = self.entry.iter().map(|entry| (entry.started_at, entry.ended_at));
        let inner = self.branches.values().flat_map(BTreeMap::values).map(Self::span);
        own.chain(inner)
            .reduce(|(start, end), (other, until)| (start.min(other), end.zip(until).map(|(one, two)| one.max(two))))
            .unwrap_or_default()
    }
}

/// Steps that are written down one after the other and awaited together have places in a row: by their times they are
/// known to have run side by side.
fn sequence(branch: Branch) -> Sequence {
    let mut parts: Vec<(Option<DateTime>, Vec<Sequence>)> = Vec::new();
    for node in branch.into_values() {
        let (start, end) = node.span();
        let own = node.entry.map(|entry| vec![Part::One(Box::new(entry))]);
        let lanes = own.into_iter().chain(node.branches.into_values().map(sequence));
        match parts.last_mut() {
            Some((until, part)) if start.is_some_and(|start| until.is_none_or(|until| start < until)) => {
                *until = until.zip(end).map(|(one, other)| one.max(other));
                part.extend(lanes);
            }
            _ => parts.push((end, lanes.collect())),
        }
    }
    parts
        .into_iter()
        .flat_map(|(_, mut lanes)| if lanes.len() == 1 { lanes.remove(0) } else { vec![Part::Lanes(lanes)] })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::{EntrySeen, Part, Sequence, arranged};
    use crate::value::DateTime;

    fn entry(place: &str, from: i64, to: Option<i64>) -> EntrySeen {
        EntrySeen {
            place: place.to_owned(),
            kind: "step".to_owned(),
            name: "crm.steps.x".to_owned(),
            state: "completed".to_owned(),
            attempts: 1,
            arguments: Json::Null,
            result: Json::Null,
            error: None,
            execution_id: None,
            worker: String::new(),
            started_at: DateTime::from_timestamp_millis(from),
            ended_at: to.and_then(DateTime::from_timestamp_millis),
            due_at: None,
        }
    }

    fn told(sequence: &Sequence) -> String {
        let part = |part: &Part| match part {
            Part::One(entry) => entry.place.clone(),
            Part::Lanes(lanes) => format!("[{}]", lanes.iter().map(told).collect::<Vec<_>>().join(" | ")),
        };
        sequence.iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_ran_at_the_same_time_stands_side_by_side() {
        let entries = [
            entry("1", 10, Some(20)),
            entry("2", 20, Some(30)),
            entry("3", 20, Some(25)),
            entry("4.1.1", 20, Some(22)),
            entry("4.1.2", 22, Some(28)),
            entry("5", 30, Some(30)),
            entry("6", 30, None),
            entry("~1", 40, Some(41)),
        ];
        let (sequence, undone) = arranged(&entries);
        assert_eq!(told(&sequence), "1 [2 | 3 | 4.1.1 4.1.2] 5 6");
        assert_eq!(undone.len(), 1);
    }

    #[test]
    fn branches_without_a_step_beside_them_are_lanes_too() {
        let entries = [entry("1.1.1", 10, Some(20)), entry("1.2.1", 10, None), entry("1.10.1", 11, None)];
        assert_eq!(told(&arranged(&entries).0), "[1.1.1 | 1.2.1 | 1.10.1]");
        assert_eq!(told(&arranged(&[]).0), "");
    }
}
