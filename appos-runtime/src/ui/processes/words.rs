//! How instances and their history are told.

use crate::icon;
use crate::process::{EntrySeen, Listed, Waits};
use crate::ui::components::{IconName, Tone};
use crate::ui::shell::names;
use crate::ui::text::Format;
use crate::ui::text::own::{history, processes};
use crate::value::DateTime;

/// A state of an instance or of an entry, and what it means.
pub(super) fn state(name: &str) -> (&'static str, Tone) {
    match name {
        "completed" => (processes::completed(), Tone::Good),
        "failed" => (processes::failed(), Tone::Bad),
        "cancelled" => (processes::cancelled(), Tone::Neutral),
        "parked" => (processes::parked(), Tone::Warning),
        "waiting" => (processes::waiting(), Tone::Warning),
        "skipped" => (processes::skipped(), Tone::Neutral),
        _ => (processes::running(), Tone::Info),
    }
}

/// The name of an object in words: `crm.steps.plan_task` is `Plan task`.
pub(super) fn object(reference: &str) -> String {
    names::in_words(reference.rsplit('.').next().unwrap_or(reference))
}

/// Who did something.
pub(super) fn who(user: i64, names: &std::collections::HashMap<i64, String>) -> String {
    match user {
        -1 => history::platform().to_owned(),
        -2 => history::operator().to_owned(),
        user => names.get(&user).cloned().unwrap_or_else(|| history::user(&user.to_string())),
    }
}

/// What an instance waits for, in a line; "" if nothing.
pub(super) fn waits_for(instance: &Listed, now: DateTime) -> String {
    if instance.state != "running" {
        return String::new();
    }
    let all: Vec<String> = instance.waits.iter().map(|wait| one(wait, now)).collect();
    match (all.is_empty(), instance.due_at) {
        (false, _) => all.join(", "),
        (true, Some(at)) => processes::until(&moment(at, now)),
        (true, None) => processes::a_worker().to_owned(),
    }
}

/// A moment: the time of what is today, the day of what is not.
fn moment(at: DateTime, now: DateTime) -> String {
    let format = Format::current();
    let day = format.day_of(at);
    if day == format.day_of(now) { format.time(at) } else { format.date(day) }
}

fn one(wait: &Waits, now: DateTime) -> String {
    let name = object(&wait.name);
    let until = wait.due_at.map(|at| moment(at, now));
    match (wait.kind.as_str(), wait.state.as_str(), until) {
        (_, "running", _) => processes::runs(&name),
        ("signal", _, None) => processes::signal(&wait.name),
        ("signal", _, Some(until)) => format!("{} {}", processes::signal(&wait.name), processes::until(&until)),
        ("child", ..) => processes::child(&name),
        ("step" | "compensation", _, Some(until)) => processes::next_try(&name, &until),
        (_, _, Some(until)) => processes::until(&until),
        _ => name,
    }
}

/// What an entry is of.
pub(super) fn entry(entry: &EntrySeen) -> (String, IconName) {
    let name = object(&entry.name);
    match entry.kind.as_str() {
        "timer" => (processes::timer().to_owned(), icon!("clock")),
        "signal" => (processes::wait_for_signal(&entry.name), icon!("bell")),
        "variable" => (processes::variable(&entry.name), icon!("tag")),
        "child" => (processes::part(&name), icon!("workflow")),
        "started" => (processes::begun(&name), icon!("play")),
        "compensation" => (name, icon!("undo-2")),
        _ => (name, icon!("circle-dot")),
    }
}

/// How long something took, in the largest unit that says enough.
pub(super) fn length(from: DateTime, to: DateTime) -> String {
    let length = (to - from).num_milliseconds().max(0);
    match length {
        0..1_000 => format!("{length} ms"),
        1_000..60_000 => format!("{} s", length / 1_000),
        60_000..3_600_000 => format!("{} min", length / 60_000),
        3_600_000..172_800_000 => format!("{} h", length / 3_600_000),
        _ => format!("{} d", length / 86_400_000),
    }
}
