//! The history of an instance: what happens after each other stands below each other, what runs side by side beside
//! each other.

use dioxus::prelude::*;

use super::history::{Part, Sequence};
use super::words;
use crate::process::EntrySeen;
use crate::ui::components::{Badge, JsonView, icon};
use crate::ui::text::Format;
use crate::ui::text::own::processes;
use crate::value::DateTime;

/// One thing after the other.
pub(super) fn sequence(parts: &Sequence, label: &str, now: DateTime) -> Element {
    rsx! {
        ol { class: "ao-lanes", "aria-label": "{label}",
            for (index , part) in parts.iter().enumerate() {
                li { key: "{index}",
                    match part {
                        Part::One(one) => entry(one, now),
                        Part::Lanes(lanes) => rsx! {
                            ul { class: "ao-lane-row", "aria-label": processes::side_by_side(),
                                for (index , lane) in lanes.iter().enumerate() {
                                    li { key: "{index}", class: "ao-lane", {sequence(lane, processes::side_by_side(), now)} }
                                }
                            }
                        },
                    }
                }
            }
        }
    }
}

/// What was undone, in its order.
pub(super) fn undone(entries: &[EntrySeen], now: DateTime) -> Element {
    rsx! {
        ol { class: "ao-lanes", "aria-label": processes::undone(),
            for one in entries {
                li { key: "{one.place}", {entry(one, now)} }
            }
        }
    }
}

fn entry(entry: &EntrySeen, now: DateTime) -> Element {
    let format = Format::current();
    let (title, drawing) = words::entry(entry);
    let (state, tone) = words::state(&entry.state);
    let mut about: Vec<String> = Vec::new();
    if let Some(due_at) = entry.due_at {
        about.push(processes::until(&format.date_time(due_at)));
    }
    let timed = !matches!(entry.kind.as_str(), "variable" | "started");
    if let Some((from, to)) = entry.started_at.zip(entry.ended_at).filter(|_| timed) {
        about.push(words::length(from, to));
    }
    if entry.attempts > 1 {
        about.push(processes::tries(u64::try_from(entry.attempts).unwrap_or_default()));
    }
    let about = about.join(" · ");
    let has_details = !entry.arguments.is_null() || !entry.result.is_null() || entry.execution_id.is_some();
    rsx! {
        div { class: "ao-lane-entry {tone.class()}",
            span { class: "ao-timeline-mark", {icon(drawing)} }
            div { class: "ao-lane-body",
                p { class: "ao-lane-title",
                    span { "{title}" }
                    Badge { label: state, tone }
                }
                p { class: "ao-dim",
                    if let Some(at) = entry.started_at {
                        time { datetime: at.to_rfc3339(), title: format.date_time(at), {format.relative(at, now)} }
                    }
                    if !about.is_empty() {
                        " · {about}"
                    }
                }
                if let Some(error) = &entry.error {
                    p { class: "ao-lane-error", "{error.message}" }
                }
                if has_details {
                    details {
                        summary { {processes::details()} }
                        if !entry.arguments.is_null() {
                            JsonView { label: processes::arguments(), value: entry.arguments.clone() }
                        }
                        if !entry.result.is_null() {
                            JsonView { label: processes::result(), value: entry.result.clone() }
                        }
                        if let Some(execution) = &entry.execution_id {
                            p { class: "ao-dim", {processes::execution()} " " code { "{execution}" } }
                        }
                    }
                }
            }
        }
    }
}
