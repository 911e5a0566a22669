//! The answer as a picture for Graphviz.

use std::fmt::Write;

use super::schema::{Answer, Reached};

/// A graph in the language of `dot`: arrows point from who uses to what is used.
pub(crate) fn dot(answer: &Answer) -> String {
    let mut out = String::from("digraph impact {\n  rankdir = LR;\n  node [shape = box];\n");
    for asked in &answer.objects {
        let _ = writeln!(out, "  {} [style = bold];", quoted(&asked.reference));
    }
    for reached in &answer.dependents {
        arrow(&mut out, &reached.reference, &reached.before, reached);
    }
    for reached in &answer.dependencies {
        arrow(&mut out, &reached.before, &reached.reference, reached);
    }
    out.push_str("}\n");
    out
}

fn arrow(out: &mut String, from: &str, to: &str, reached: &Reached) {
    let mut kinds: Vec<String> = reached.uses.iter().map(|used| used.kind.to_string()).collect();
    kinds.sort();
    kinds.dedup();
    let dashed = if reached.uses.iter().all(|used| used.place.is_none()) { ", style = dashed" } else { "" };
    let _ = writeln!(out, "  {} -> {} [label = {}{dashed}];", quoted(from), quoted(to), quoted(&kinds.join(", ")));
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
