//! The program's answers, for people.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::Value as Json;

use super::history::{Entry, history};
use super::numbers;
use crate::escape::escaped;
use crate::terminal::{Failure, Terminal, Tone};

/// What was asked for.
#[derive(Clone, Copy)]
pub(super) enum Done {
    List,
    Show,
    /// What is said of an instance now.
    Asked(&'static str),
    Stats,
    Workers,
}

#[derive(Deserialize)]
struct Instance {
    id: String,
    process: String,
    version: i64,
    name: String,
    state: String,
    user: i64,
    #[serde(default)]
    user_name: String,
    started_at: Option<String>,
    ended_at: Option<String>,
    due_at: Option<String>,
    worker: Option<String>,
    #[serde(default)]
    archived: bool,
    error: Option<Error>,
    #[serde(default)]
    waits: Vec<Waits>,
    #[serde(default)]
    arguments: Json,
    #[serde(default)]
    result: Json,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    deadline_at: Option<String>,
    #[serde(default)]
    cancelled_by: Option<i64>,
    #[serde(default)]
    variables: Vec<Variable>,
    #[serde(default)]
    history: Vec<Entry>,
}

/// Why something has failed.
#[derive(Deserialize)]
pub(super) struct Error {
    code: String,
    message: String,
    execution_id: Option<String>,
}

#[derive(Deserialize)]
struct Waits {
    kind: String,
    name: String,
    state: String,
    due_at: Option<String>,
}

#[derive(Deserialize)]
struct Variable {
    name: String,
    visibility: String,
    value: Json,
}

fn read<T: for<'a> Deserialize<'a>>(json: &Json) -> Result<T, Failure> {
    T::deserialize(json).map_err(|error| Failure::work(format!("the program's answer cannot be read: {error}"), ""))
}

/// Prints an answer.
pub(super) fn shown(terminal: Terminal, done: Done, answer: &Json) -> Result<(), Failure> {
    match done {
        Done::List => list(terminal, read(&answer["instances"])?),
        Done::Show => show(terminal, &read(&answer["instance"])?),
        Done::Stats => numbers::stats(terminal, &read(&answer["stats"])?),
        Done::Workers => numbers::workers(terminal, read(answer)?),
        Done::Asked(what) => {
            let instance: Instance = read(&answer["instance"])?;
            terminal.line(&format!("{} {what}", escaped(&instance.name)))?;
            terminal.line(&format!("  cargo appos process show {}", instance.id))
        }
    }
}

fn list(terminal: Terminal, instances: Vec<Instance>) -> Result<(), Failure> {
    if instances.is_empty() {
        return terminal.line("there are no such instances");
    }
    let rows = instances.into_iter().map(|instance| {
        let since = instance.ended_at.as_deref().or(instance.started_at.as_deref()).map(moment).unwrap_or_default();
        let state = terminal.coloured(&instance.state, tone(&instance.state));
        [state, escaped(&instance.name).into_owned(), since, instance.waits_for(), instance.id]
    });
    terminal.table(["State", "Name", "Since", "Waits for", "Id"], rows)
}

fn tone(state: &str) -> Tone {
    match state {
        "completed" => Tone::Green,
        "failed" | "parked" => Tone::Red,
        _ => Tone::Yellow,
    }
}

impl Instance {
    /// What it waits for, or why it has failed.
    fn waits_for(&self) -> String {
        if let Some(error) = &self.error {
            return error.told();
        }
        let all: Vec<String> = self.waits.iter().map(Waits::told).collect();
        match (all.is_empty(), self.state.as_str(), &self.due_at) {
            (false, ..) => all.join(", "),
            (true, "running", Some(due_at)) => format!("until {}", moment(due_at)),
            (true, "running", None) => "a worker".to_owned(),
            _ => String::new(),
        }
    }
}

impl Waits {
    fn told(&self) -> String {
        let name = escaped(short(&self.name));
        let until = self.due_at.as_deref().map(moment);
        match (self.kind.as_str(), self.state.as_str(), until) {
            (_, "running", _) => format!("{name} runs"),
            ("timer", _, Some(until)) => format!("until {until}"),
            ("signal", _, Some(until)) => format!("signal {name}, until {until}"),
            ("signal", _, None) => format!("signal {name}"),
            ("child", ..) => format!("process {name}"),
            ("step" | "compensation", _, Some(until)) => format!("next try of {name} at {until}"),
            (kind, ..) => format!("{kind} {name}"),
        }
    }
}

impl Error {
    pub(super) fn told(&self) -> String {
        format!("{}: {}", escaped(&self.code), escaped(&self.message))
    }
}

/// The name of an object within its app.
pub(super) fn short(reference: &str) -> &str {
    reference.rsplit('.').next().unwrap_or(reference)
}

/// A moment to the second, in UTC.
pub(super) fn moment(at: &str) -> String {
    at.get(..19).map_or_else(|| at.to_owned(), |second| second.replace('T', " "))
}

fn show(terminal: Terminal, instance: &Instance) -> Result<(), Failure> {
    let mut text = format!("{}\n", escaped(&instance.name));
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "  {name:<10}{value}");
        }
    };
    let by = |user: i64, name: &str| if name.is_empty() { user.to_string() } else { format!("{name} ({user})") };
    let at = |moment_of: &Option<String>| moment_of.as_deref().map(moment).unwrap_or_default();
    line("id", &instance.id);
    line("process", &format!("{}, version {}", instance.process, instance.version));
    line("state", &terminal.coloured(&instance.state, tone(&instance.state)));
    line("started", &format!("{} by {}", at(&instance.started_at), by(instance.user, &escaped(&instance.user_name))));
    line("ended", &at(&instance.ended_at));
    line("deadline", &at(&instance.deadline_at));
    line("parent", instance.parent.as_deref().unwrap_or_default());
    line("cancelled", &instance.cancelled_by.map(|user| format!("by {}", by(user, ""))).unwrap_or_default());
    if instance.archived {
        line("archived", "it can be looked at, and no longer be changed");
    }
    line("runs on", &escaped(instance.worker.as_deref().unwrap_or_default()));
    if let Some(error) = &instance.error {
        line("error", &error.told());
        line("execution", error.execution_id.as_deref().unwrap_or_default());
    } else {
        line("waits for", &instance.waits_for());
    }
    if !instance.result.is_null() {
        line("result", &json(&instance.result));
    }
    terminal.text(&text)?;
    let mut text = String::new();
    if let Some(arguments) = instance.arguments.as_object().filter(|arguments| !arguments.is_empty()) {
        text.push_str("\nArguments\n");
        for (name, value) in arguments {
            let _ = writeln!(text, "  {} = {}", escaped(name), json(value));
        }
    }
    if !instance.variables.is_empty() {
        text.push_str("\nVariables\n");
        for Variable { name, visibility, value } in &instance.variables {
            let kept = if visibility == "logged" { String::new() } else { format!(" ({visibility})") };
            let _ = writeln!(text, "  {}{kept} = {}", escaped(name), json(value));
        }
    }
    if !instance.history.is_empty() {
        text.push_str("\nHistory\n");
        text.push_str(&history(&instance.history));
    }
    terminal.text(&text)
}

/// JSON in one line, cut where nobody reads on.
pub(super) fn json(value: &Json) -> String {
    const LONGEST: usize = 200;
    let text = match value {
        Json::String(text) if text == "[redacted]" => text.clone(),
        value => value.to_string(),
    };
    let shown = escaped(&text);
    if shown.chars().count() <= LONGEST {
        return shown.into_owned();
    }
    shown.chars().take(LONGEST).chain(['…']).collect()
}
