//! A tree of calls as people read it.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value as Json;

use super::asked::{requests, statements};
use super::find::Trace;
use super::node::Node;
use crate::escape::escaped;
use crate::logs::moment::{Zone, show_duration};
use crate::logs::show::{colour_of, error};

/// Levels up to which lines are drawn.
const DRAWN: usize = 40;

/// The whole, with inputs and outputs unless it is to be brief.
pub(crate) fn text(trace: &Trace, zone: Zone, is_brief: bool, colours: bool) -> String {
    let mut text = String::new();
    let nodes = &trace.executions;
    // Writing to a text cannot fail.
    let _ = writeln!(text, "Execution  {}", escaped(&trace.execution_id));
    if trace.root_id != trace.execution_id {
        let _ = writeln!(text, "Part of    {}", escaped(&trace.root_id));
    }
    if trace.number != trace.root_id.replace('-', "") {
        let _ = writeln!(text, "Trace      {}", escaped(&trace.number));
    }
    if let Some(first) = nodes.first() {
        let took = first.duration_us.map(|duration| format!(", took {}", show_duration(duration))).unwrap_or_default();
        let _ = writeln!(text, "Began      {}{took}", zone.show(first.at_us));
        let _ = writeln!(text, "User       {}", user(first));
    }
    let versions: BTreeSet<&str> = nodes.iter().filter_map(|node| node.version.as_str()).collect();
    if !versions.is_empty() {
        let _ = writeln!(text, "Version    {}", escaped(&Vec::from_iter(versions).join(", ")));
    }
    let _ = writeln!(text, "Calls      {}", counted(nodes));
    text.push('\n');
    let mut lasts: Vec<bool> = Vec::new();
    for node in nodes {
        lasts.truncate(node.depth);
        lasts.push(node.is_last);
        show(&mut text, node, &lasts, trace, is_brief, colours);
    }
    if trace.left_out > 0 {
        let _ = writeln!(text, "\n{} more executions are not shown", trace.left_out);
    }
    if !trace.complete {
        let _ = writeln!(
            text,
            "\nSome executions have no line: they still run, their files were deleted, or the queue was full.\n\
             Looked for from {} to {}.",
            trace.searched.from, trace.searched.to
        );
    }
    text
}

fn user(node: &Node) -> String {
    match (node.user.as_str(), node.user_id.as_i64()) {
        (Some(name), Some(id)) => format!("{} (#{id})", escaped(name)),
        (Some(name), None) => escaped(name).into_owned(),
        (None, Some(id)) => format!("#{id}"),
        (None, None) => "-".to_owned(),
    }
}

fn counted(nodes: &[Node]) -> String {
    let queries: u64 = nodes.iter().filter_map(|node| node.queries.as_u64()).sum();
    let errors = nodes.iter().filter(|node| node.is_error()).count();
    let one = |number: u64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let mut parts = vec![nodes.len().to_string()];
    if queries > 0 {
        parts.push(format!("{queries} quer{}", if queries == 1 { "y" } else { "ies" }));
    }
    if errors > 0 {
        parts.push(one(errors as u64, "error"));
    }
    parts.join(", ")
}

fn show(text: &mut String, node: &Node, lasts: &[bool], trace: &Trace, is_brief: bool, colours: bool) {
    let depth = node.depth.min(DRAWN);
    let mut before = String::new();
    for is_last in lasts.iter().take(depth).skip(1) {
        before.push_str(if *is_last { "    " } else { "│   " });
    }
    let branch = match (depth, node.is_last) {
        (0, _) => "",
        (_, true) => "└── ",
        (_, false) => "├── ",
    };
    let result = node.outcome.as_str().unwrap_or("unknown");
    let (colour, plain) = if colours { (colour_of(result), "\x1b[0m") } else { ("", "") };
    let _ = write!(text, "{before}{branch}{colour}{}{plain} {}", escaped(result), what(node));
    for part in timing(node, trace) {
        let _ = write!(text, "  {part}");
    }
    text.push('\n');
    if depth > 0 {
        before.push_str(if node.is_last { "    " } else { "│   " });
    }
    // What was called stands below, joined by this line.
    before.push_str("    ");
    for (name, told) in details(node, is_brief) {
        let _ = writeln!(text, "{before}{name:<9} {}", escaped(&told));
    }
}

fn what(node: &Node) -> String {
    let operation = node.operation.as_str().unwrap_or_default();
    let text = match node.object.as_str() {
        Some(object) if operation == "call" || operation.is_empty() => object.to_owned(),
        Some(object) => format!("{object} {operation}"),
        None if operation.is_empty() => "-".to_owned(),
        None => operation.to_owned(),
    };
    escaped(&text).into_owned()
}

#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn timing(node: &Node, trace: &Trace) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(duration) = node.duration_us {
        let own = node.own_us.filter(|own| *own < duration);
        let own = own.map(|own| format!(" (own {})", show_duration(own))).unwrap_or_default();
        parts.push(format!("{}{own}", show_duration(duration)));
    }
    parts.push(format!("+{}", show_duration(node.after_us as f64)));
    if let Some(queries) = node.queries.as_u64().filter(|queries| *queries > 0) {
        let time = node.query_us.as_f64().map(show_duration).unwrap_or_default();
        parts.push(format!("{queries} quer{} {time}", if queries == 1 { "y" } else { "ies" }));
    }
    if node.depth > DRAWN {
        parts.push(format!("[depth {}]", node.depth));
    }
    if node.execution_id == trace.execution_id && trace.executions.len() > 1 && !trace.by_number {
        parts.push("<- asked for".to_owned());
    }
    parts
}

fn details(node: &Node, is_brief: bool) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    if node.parent_missing {
        told.push(("caller", format!("{} (no line)", node.parent_id.as_deref().unwrap_or_default())));
    }
    told.extend(decision(&node.decision).map(|text| ("decision", text)));
    for line in &node.security {
        let of = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let words = [of("action"), of("permission"), of("detail"), of("address")];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        told.push(("security", words.join("  ")));
    }
    told.extend(statements(node, is_brief).map(|text| ("sql", text)));
    told.extend(requests(node).map(|text| ("http", text)));
    if let Some(left_out) = node.left_out.as_u64().filter(|_| !is_brief) {
        told.push(("", format!("{left_out} more statements or requests are not in the log")));
    }
    if !is_brief {
        for (name, value) in [("in", &node.arguments), ("out", &node.result)] {
            if !value.is_null() {
                told.push((name, value.to_string()));
            }
        }
    }
    if node.error.is_object() {
        told.push(("error", error(&node.error)));
        let chain = node.error["chain"].as_array().into_iter().flatten();
        let chain: Vec<&str> = chain.filter_map(Json::as_str).collect();
        if chain.len() > 1 {
            told.push(("through", chain.join(" <- ")));
        }
    }
    told
}

/// Why a call was allowed or refused.
fn decision(decision: &Json) -> Option<String> {
    let permission = decision["permission"].as_str()?;
    let allowed = if decision["allowed"] == true { "may" } else { "may not" };
    let because = match decision["because"].as_str() {
        Some("system_admin") => "a system administrator",
        Some("public_access") => "open to the public",
        Some("listed") => "a group of the user is in a list of the object",
        Some("tier_default") => "a group of the user is in a default of the app",
        Some("granted") => "an administrator granted it to a group of the user",
        Some("inactive") => "the account is switched off",
        Some("outside_app") => "no group of the user reaches the app",
        Some("missing") => "no group of the user has it",
        Some(other) => other,
        None => return Some(format!("{allowed} {permission}")),
    };
    Some(format!("{allowed} {permission}: {because}"))
}
