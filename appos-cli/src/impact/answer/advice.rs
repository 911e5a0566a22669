//! What to heed before an object is changed.

use std::collections::BTreeSet;

use super::question::Question;
use super::schema::{Reached, Reaches};
use crate::impact::graph::{Kind, Node};

/// A sentence for each thing to heed; the first says how far a change goes.
pub(super) fn advice(nodes: &[&Node], question: &Question, dependents: &[Reached], reaches: &Reaches) -> Vec<String> {
    let mut sentences = Vec::new();
    let written = question.written();
    let direct = dependents.iter().filter(|reached| reached.distance == 1).count();
    sentences.push(match (direct, dependents.len() - direct) {
        (0, _) if nodes.iter().all(|node| node.routes.is_empty()) => {
            format!("Nothing in the project uses {written}: it can be changed or removed.")
        }
        (0, _) => format!("Nothing in the project uses {written}; clients of its routes may."),
        (direct, 0) => {
            format!("A change of {written} concerns {}.", count(direct, "place that uses", "places that use", "it"))
        }
        (direct, others) => format!(
            "A change of {written} concerns {} directly and {} behind {}.",
            count(direct, "object", "objects", ""),
            others,
            if direct == 1 { "it" } else { "them" }
        ),
    });
    let uses = || dependents.iter().filter(|reached| reached.distance == 1).flat_map(|reached| &reached.uses);
    let writers: BTreeSet<&str> = dependents
        .iter()
        .filter(|reached| reached.distance == 1)
        .filter(|reached| {
            reached.uses.iter().any(|used| matches!(used.kind, Kind::Write | Kind::Create | Kind::Delete))
        })
        .map(|reached| reached.reference.as_str())
        .collect();
    if !writers.is_empty() {
        sentences.push(format!("Check what is written first: {}.", writers.into_iter().collect::<Vec<_>>().join(", ")));
    }
    if uses().any(|used| used.kind == Kind::Trigger) {
        sentences.push("It is started by what happens to rows: no caller will tell when it fails.".to_owned());
    }
    match question.field() {
        Some(_) if nodes.iter().any(|node| node.kind == "record") => sentences.push(
            "Rename the field with `renamed_from`, so that its values are kept, and let `cargo appos migrate` write the migration."
                .to_owned(),
        ),
        None if nodes.iter().any(|node| node.kind == "record") => {
            sentences.push("After a change of a record's fields, `cargo appos migrate` writes the migration.".to_owned());
        }
        _ => {}
    }
    if !reaches.apps.is_empty() {
        sentences.push(format!("Other apps depend on it: {}. Change them together.", reaches.apps.join(", ")));
    }
    if !reaches.routes.is_empty() {
        sentences.push("Clients outside are reached by the routes above: a new name is a break for them.".to_owned());
    }
    sentences
}

fn count(number: usize, one: &str, several: &str, rest: &str) -> String {
    let word = if number == 1 { one } else { several };
    format!("{number} {word} {rest}").trim_end().to_owned()
}
