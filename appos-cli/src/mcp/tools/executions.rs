//! What has happened: lines of logs, trees of calls, numbers.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Asking, Tool, counted, read, schema_of};
use crate::commands::logs::{Logs, id};
use crate::commands::logs_place::Place;
use crate::logs::{FORMS, Measured, Zone, duration, find, measure, moment};
use crate::mcp::answer::Answer;
use crate::mcp::refusal::Refused;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "search_logs",
        title: "Search the logs",
        description: "Finds lines of the logs, the newest first: by outcome, object, user, time, execution, \
                      duration or a regular expression. Each line is one call, or one entry of the security log. Users \
                      who are no administrators see their own calls of objects that they may view, without payloads.",
        arguments: schema_of::<Search>,
        run: |asking, arguments| search(asking, read(arguments)?),
        would: None,
    },
    Tool {
        name: "get_execution",
        title: "Look at an execution",
        description: "Tells the whole tree of calls around an execution: objects, timings, decisions, inputs and outputs \
                      (redacted), queries and errors with their chain. The id stands in errors, log lines and the header \
                      `x-execution-id` of every answer.",
        arguments: schema_of::<Execution>,
        run: |asking, arguments| execution(asking, &read(arguments)?),
        would: None,
    },
    Tool {
        name: "metrics",
        title: "Measure calls",
        description: "Tells for each object how often it was called in a time, how many calls did not end well, and how \
                      long they took: p50, p95, p99 and the longest, in microseconds.",
        arguments: schema_of::<Metrics>,
        run: |asking, arguments| metrics(asking, &read(arguments)?),
        would: None,
    },
];

/// Most lines of logs at once.
const MOST_LINES: usize = 500;
/// What only administrators are told of a line or an execution: what was given, what came of it, what lies below.
const PAYLOADS: [&str; 6] = ["arguments", "result", "changes", "security", "detail", "address"];
/// What of an error is told to whoever has caused it.
const OF_ERRORS: [&str; 4] = ["kind", "code", "message", "fields"];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    /// What did not end well: any outcome but `ok`, failed sign-ins, lost lines
    #[serde(default)]
    errors: bool,
    /// What somebody was not allowed to do
    #[serde(default)]
    denied: bool,
    /// Calls with these outcomes: ok, denied, `not_found`, invalid, conflict, failed, panicked, `timed_out`, cancelled
    #[serde(default)]
    outcomes: Vec<String>,
    /// Not older: `1h` (ago), `today`, `2026-11-24`, `2026-11-24T10:00`, in UTC
    since: Option<String>,
    /// Older than this
    until: Option<String>,
    /// An object, or all of an app (`crm`) or of a kind in it (`crm.rules`)
    object: Option<String>,
    /// Name of a user, the part of an address before its `@`, or number
    user: Option<String>,
    /// Lines of an execution and of those it called: its id or the beginning of it
    execution: Option<String>,
    /// Categories of the logs: execution, performance, security; without it execution and security
    #[serde(default)]
    categories: Vec<String>,
    /// Kinds of objects, such as record, rule or `web_api`
    #[serde(default)]
    kinds: Vec<String>,
    /// Calls that took as long at least: `100ms`, `1.5s`
    slower_than: Option<String>,
    /// Lines in which this regular expression is found
    pattern: Option<String>,
    /// The last so many, at most 500; 50 without it
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Execution {
    /// Id of the execution, or the beginning of it
    execution: String,
    /// How long after its beginning calls of the tree are looked for; `1h` without it
    within: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Metrics {
    /// Only this object, or all of an app (`crm`) or of a kind in it (`crm.rules`)
    object: Option<String>,
    /// Since when: `1h` (ago), `today`, `2026-11-24`, `2026-11-24T10:00`, in UTC; the last 24 hours without it
    since: Option<String>,
    /// Until when; now without it
    until: Option<String>,
    /// What comes first: `calls` (without it), `errors`, or `slow` for the highest p95
    by: Option<Order>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    /// The most calls
    Calls,
    /// The most errors
    Errors,
    /// The highest p95
    Slow,
}

fn search(asking: &Asking<'_>, wanted: Search) -> Result<Answer, Refused> {
    for category in &wanted.categories {
        if !crate::logs::CATEGORIES.contains(&category.as_str()) {
            let message = format!("there is no category `{}`", crate::escape::escaped(category));
            let help = format!("categories are {}", crate::logs::CATEGORIES.join(", "));
            return Err(Refused::new("wrong_question", message, help));
        }
    }
    let seen_by = asking.sight.of_lines();
    let is_whole = seen_by.is_none();
    let limit = wanted.limit.unwrap_or(50).clamp(1, MOST_LINES);
    let logs = Logs {
        errors: wanted.errors,
        denied: wanted.denied,
        outcome: wanted.outcomes,
        since: wanted.since,
        until: wanted.until,
        object: wanted.object,
        user: wanted.user,
        execution: wanted.execution,
        category: wanted.categories,
        kind: wanted.kinds,
        slow: wanted.slower_than,
        grep: wanted.pattern,
        limit,
        package: asking.project.package().map(str::to_owned),
        ..Logs::default()
    };
    let (mut lines, notes) = logs.lines(seen_by)?;
    if !is_whole {
        lines.iter_mut().for_each(redact);
    }
    // If there are too many, the oldest are left out.
    lines.reverse();
    let summary = format!("{}, the newest first.", counted(lines.len(), "line"));
    let is_full = lines.len() == limit;
    let json = json!({ "format": 1, "lines": lines });
    let mut answer = Answer::new(json, summary, "Ask with `object`, `since`, `outcomes` or a smaller `limit`.");
    if is_full {
        answer = answer.note(format!("there may be more: these are the last {limit}"));
    }
    if !is_whole {
        answer = answer.note(only_own(asking));
    }
    // Names of files are for whoever works at the machine.
    Ok(if is_whole { notes.into_iter().fold(answer, Answer::note) } else { answer })
}

fn only_own(asking: &Asking<'_>) -> String {
    format!("only calls of {} himself, of objects that he may view, and without payloads", asking.sight.shown())
}

/// Takes out of a line or an execution what only administrators are told.
fn redact(line: &mut Json) {
    let Some(line) = line.as_object_mut() else { return };
    for key in PAYLOADS {
        line.remove(key);
    }
    if let Some(error) = line.get_mut("error").and_then(Json::as_object_mut) {
        error.retain(|key, _| OF_ERRORS.contains(&key.as_str()));
    }
}

fn execution(asking: &Asking<'_>, wanted: &Execution) -> Result<Answer, Refused> {
    let (sight, id) = (asking.sight, id(&wanted.execution)?);
    if !sight.is_whole() && !id.is_whole() {
        // What else begins so is not his to know.
        let help = "write the id of an error, of a log line or of the header `x-execution-id`";
        return Err(Refused::new("wrong_question", "the whole id is needed", help));
    }
    let within = wanted.within.as_deref().unwrap_or("1h");
    let more_us = duration(within).ok_or_else(|| {
        let message = format!("`{}` is no duration", crate::escape::escaped(within));
        Refused::new("wrong_question", message, "write `10m`, `1h` or `2d`")
    })?;
    let place = Place::of(None, asking.project.package())?;
    if place.folder.is_missing() {
        return Err(place.missing().into());
    }
    let unseen = || {
        let message = format!("there is no execution `{id}` of {}, of an object that he may view", sight.shown());
        Refused::new("not_visible", message, "`search_logs` lists those that can be seen")
    };
    let found = find(&place.folder, &id, more_us, Zone::Utc);
    let trace = if sight.is_whole() { found? } else { found.map_err(|_| unseen())? };
    let notes = trace.unreadable.clone();
    let mut json = serde_json::to_value(&trace)
        .map_err(|error| Refused::new("failed", format!("it cannot be told: {error}"), ""))?;
    if let Some(own) = sight.of_lines() {
        let asked = json["execution_id"].clone();
        let executions = json["executions"].as_array_mut().map(std::mem::take).unwrap_or_default();
        let all = executions.len();
        let is_own = |execution: &Json| {
            execution["user_id"] == json!(own.user_id)
                && execution["object"].as_str().is_some_and(|object| own.objects.contains(object))
        };
        let mut seen: Vec<Json> = executions.into_iter().filter(is_own).collect();
        if !seen.iter().any(|execution| execution["execution_id"] == asked) {
            return Err(unseen());
        }
        seen.iter_mut().for_each(redact);
        json["withheld"] = (all - seen.len()).into();
        json["executions"] = seen.into();
        let summary = format!("{}.", counted(json["executions"].as_array().map_or(0, Vec::len), "execution"));
        return Ok(Answer::new(json, summary, "").note(only_own(asking)));
    }
    let executions = json["executions"].as_array().map_or(&[][..], Vec::as_slice);
    let bad =
        executions.iter().filter(|execution| execution["outcome"].as_str().is_some_and(|end| end != "ok")).count();
    let summary = format!("{}, {bad} of which did not end well.", counted(executions.len(), "execution"));
    let answer = Answer::new(json, summary, "`search_logs` with `execution` and `outcomes` finds single calls of it.");
    Ok(notes.into_iter().fold(answer, Answer::note))
}

fn metrics(asking: &Asking<'_>, wanted: &Metrics) -> Result<Answer, Refused> {
    let now = chrono::Utc::now();
    let at = |written: &Option<String>, without: &str| {
        let written = written.as_deref().unwrap_or(without);
        moment(written, Zone::Utc, now).ok_or_else(|| {
            Refused::new("wrong_question", format!("`{}` is no time", crate::escape::escaped(written)), FORMS)
        })
    };
    let (since_us, until_us) = (at(&wanted.since, "24h")?, at(&wanted.until, "now")?);
    if since_us >= until_us {
        return Err(Refused::new("wrong_question", "`since` is not before `until`", "exchange them"));
    }
    let place = Place::of(None, asking.project.package())?;
    if place.folder.is_missing() {
        return Err(place.missing().into());
    }
    let object = wanted.object.as_ref().map(|object| object.trim_end_matches(".*"));
    let is_wanted = |name: &str| {
        let below =
            |wanted: &str| name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        object.is_none_or(below) && asking.sight.sees(name)
    };
    let (mut objects, notes) = measure(&place.folder, (since_us, until_us), is_wanted);
    if let Some(object) = object.filter(|_| objects.is_empty() && asking.sight.is_whole()) {
        place.check_object(object, &std::collections::BTreeSet::new())?;
    }
    let first = |of: fn(&Measured) -> usize| move |one: &Measured| std::cmp::Reverse(of(one));
    match wanted.by.unwrap_or(Order::Calls) {
        Order::Calls => objects.sort_by_key(first(|one| one.calls)),
        Order::Errors => objects.sort_by_key(first(|one| one.errors)),
        Order::Slow => objects.sort_by_key(|one| std::cmp::Reverse(one.p95_us)),
    }
    let (calls, errors) = objects.iter().fold((0, 0), |(calls, errors), one| (calls + one.calls, errors + one.errors));
    let of = counted(objects.len(), "object");
    let summary = format!("{} of {of}, {errors} of which did not end well.", counted(calls, "call"));
    let written = |at_us| chrono::DateTime::from_timestamp_micros(at_us).unwrap_or_default().to_rfc3339();
    let json = json!({ "format": 1, "since": written(since_us), "until": written(until_us), "objects": objects });
    let answer = Answer::new(json, summary, "Ask with `object`.");
    Ok(if asking.sight.is_whole() { notes.into_iter().fold(answer, Answer::note) } else { answer })
}
