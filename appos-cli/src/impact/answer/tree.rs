//! The answer as a tree: below each object those that use it.

use std::fmt::Write;

use super::schema::{Answer, Reached};

/// Who uses the object, and below them who uses them; each object once, on its shortest way.
pub(crate) fn tree(answer: &Answer) -> String {
    let mut out = String::new();
    for asked in &answer.objects {
        out.push_str(&asked.name());
        out.push('\n');
        branches(&mut out, &answer.dependents, &asked.reference, 1, "");
    }
    out
}

fn branches(out: &mut String, all: &[Reached], before: &str, distance: usize, indent: &str) {
    let here: Vec<&Reached> =
        all.iter().filter(|reached| reached.distance == distance && reached.before == before).collect();
    for (index, reached) in here.iter().enumerate() {
        let is_last = index + 1 == here.len();
        let (branch, below) = if is_last { ("└── ", "    ") } else { ("├── ", "│   ") };
        let mut kinds: Vec<String> = reached.uses.iter().map(|used| used.kind.to_string()).collect();
        kinds.sort();
        kinds.dedup();
        let _ = writeln!(out, "{indent}{branch}{} ({})", reached.reference, kinds.join(", "));
        branches(out, all, &reached.reference, distance + 1, &format!("{indent}{below}"));
    }
}
