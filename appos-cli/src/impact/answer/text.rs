//! The answer for a person.

use std::fmt::Write;

use super::schema::{Answer, Reached, Use};

/// The answer in words, as it is printed.
pub(crate) fn text(answer: &Answer) -> String {
    let mut out = String::new();
    for asked in &answer.objects {
        let _ = writeln!(out, "{}  ({}, {}:{})", asked.name(), asked.kind, asked.file, asked.line);
    }
    if answer.objects.is_empty() {
        let _ = writeln!(out, "No object has changed.");
        return out;
    }
    part(&mut out, "Used by", "Used through others by", &answer.dependents);
    if answer.objects.iter().all(|asked| asked.field.is_none()) {
        part(&mut out, "Uses", "Uses through others", &answer.dependencies);
    }
    list(&mut out, "Routes reached", &grouped(&answer.reaches.routes));
    list(&mut out, "Pages reached", &answer.reaches.pages);
    list(&mut out, "Web APIs reached", &answer.reaches.web_apis);
    list(&mut out, "Processes reached", &answer.reaches.processes);
    list(&mut out, "Other apps reached", &answer.reaches.apps);
    let dynamic: Vec<String> = answer.dynamic.iter().map(|call| format!("{}  {}", call.from, call.place)).collect();
    list(&mut out, "Calls whose target is known only when they happen", &dynamic);
    list(&mut out, "Recommendation", &answer.recommendation);
    out
}

fn part(out: &mut String, direct: &str, others: &str, reached: &[Reached]) {
    let (near, far): (Vec<&Reached>, Vec<&Reached>) = reached.iter().partition(|reached| reached.distance == 1);
    let _ = writeln!(out, "\n{direct} ({})", near.len());
    for reached in near {
        let _ = writeln!(out, "  {}", shown(reached));
        for used in &reached.uses {
            let _ = writeln!(out, "    {}", line(used));
        }
    }
    if !far.is_empty() {
        let _ = writeln!(out, "\n{others} ({})", far.len());
    }
    for reached in far {
        let _ = writeln!(out, "  {}  by {}", shown(reached), reached.before);
    }
}

fn shown(reached: &Reached) -> String {
    // Code that is no object is told by file and name.
    match reached.reference.split_once('#') {
        Some((file, label)) => format!("{label} in {file} (code that no object calls)"),
        None if reached.kind == "platform" => format!("the platform {}", reached.reference),
        None => reached.reference.clone(),
    }
}

/// `read email  apps/crm/src/rules/a.rs:3:12  through Seed::company`
pub(super) fn line(used: &Use) -> String {
    let mut text = used.kind.to_string();
    if let Some(field) = &used.field {
        let _ = write!(text, " {field}");
    }
    if let Some(place) = &used.place {
        let _ = write!(text, "  {place}");
    }
    if !used.through.is_empty() {
        let _ = write!(text, "  through {}", used.through.join(", "));
    }
    if let Some(seen) = &used.seen {
        let times = if seen.count == 1 { "once".to_owned() } else { format!("{} times", seen.count) };
        let _ = write!(text, "  seen at run time: {times}, last {}", seen.last);
    }
    text
}

/// `GET POST /api/crm/v1/customers/..`: the routes of one object in one line.
fn grouped(routes: &[String]) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>, bool)> = Vec::new();
    for route in routes {
        let (method, path) = route.split_once(' ').unwrap_or(("", route));
        let parts: Vec<&str> = path.split('/').collect();
        let own = if parts.get(4) == Some(&"rules") { 6 } else { 5 };
        let base = parts.get(..own).unwrap_or(&parts).join("/");
        let is_longer = parts.len() > own;
        match groups.last_mut().filter(|(known, ..)| *known == base) {
            Some((_, methods, more)) => {
                if !methods.contains(&method) {
                    methods.push(method);
                }
                *more |= is_longer;
            }
            None => groups.push((base, vec![method], is_longer)),
        }
    }
    let line = |(base, methods, more): (String, Vec<&str>, bool)| {
        format!("{} {base}{}", methods.join(" "), if more { "/…" } else { "" })
    };
    groups.into_iter().map(line).collect()
}

fn list(out: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading}");
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}
