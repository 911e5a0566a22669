//! Objects that nothing uses.
//!
//! A record is used by its routes, and a process is started by whoever may use it. A rule is, too, as soon as some group may use it; so only one that
//! nobody may call from outside and nothing calls from inside is unused.

use std::collections::HashSet;

use crate::check::codes::UNUSED;
use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::commands::permissions::lines;
use crate::project::dump::ManifestObject;
use crate::terminal::Failure;

#[expect(clippy::unnecessary_wraps, reason = "all rules have one shape")]
pub(super) fn unused_objects(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let used: HashSet<&str> =
        subject.graph.edges.iter().filter(|edge| edge.from != edge.to).map(|edge| edge.to.as_str()).collect();
    let mut findings = Vec::new();
    for (reference, node) in &subject.graph.nodes {
        if used.contains(reference.as_str()) {
            continue;
        }
        let Some(place) = subject.place(reference) else { continue };
        let object = subject.manifest.objects.iter().find(|object| object.reference == *reference);
        let message = match node.kind.as_str() {
            "rule" if object.is_none_or(|rule| may_be_called(subject, rule)) => continue,
            "rule" => format!("nothing calls {reference}, and no group may use it"),
            "constant" => format!("nothing reads {reference}"),
            "step" => format!("no process runs {reference}"),
            // The screens of its record draw it.
            "interface" if object.is_some_and(|interface| interface.stands_for().is_some()) => continue,
            "interface" => format!("nothing draws {reference}"),
            "choices" => format!("nothing names {reference}"),
            _ => continue,
        };
        let help = if node.kind == "rule" { "remove it, or write `use = [\"..\"]` on it" } else { "remove it" };
        findings.push(Finding::new(UNUSED, message, help).at(Some(place)).of_object(&node.app, reference));
    }
    Ok(findings)
}

fn may_be_called(subject: &Subject<'_>, rule: &ManifestObject) -> bool {
    let lines = lines(subject.manifest, rule);
    lines.iter().any(|line| ["use", "admin"].contains(&line.permission.as_str()) && !line.groups.is_empty())
}
