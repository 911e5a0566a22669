//! What happened, in its order.

use dioxus::prelude::*;

use super::icon::{IconName, icon};
use super::tone::Tone;
use crate::icon;

/// One field that an event of a [`Timeline`] has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The name of the field.
    pub field: String,
    /// What it was; none if it was empty.
    pub before: Option<String>,
    /// What it is; none if it was emptied.
    pub after: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineEntry {
    /// What: `Ada changed the address`.
    pub title: String,
    /// When, for people: `2 hours ago`.
    pub when: String,
    /// When, as ISO 8601.
    pub at: String,
    /// When in full, for who rests the pointer on it.
    pub at_full: String,
    /// What it means.
    pub tone: Tone,
    /// Its icon, instead of a dot.
    pub icon: Option<IconName>,
    /// The fields that were changed.
    pub changes: Vec<Change>,
    /// A remark.
    pub text: Option<String>,
}

/// What happened, the latest first.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Timeline { label: "History", entries: vec![TimelineEntry {
///         title: "Ada changed the tier".to_owned(),
///         when: "2 hours ago".to_owned(),
///         at: "2026-11-29T13:05:00Z".to_owned(),
///         changes: vec![Change { field: "Tier".to_owned(), before: Some("Silver".to_owned()), after: Some("Gold".to_owned()) }],
///         ..TimelineEntry::default()
///     }] }
/// }
/// # }
/// ```
#[component]
pub fn Timeline(
    /// Whose history it is.
    label: String,
    /// What happened.
    entries: Vec<TimelineEntry>,
) -> Element {
    rsx! {
        ol { class: "ao-timeline", "aria-label": "{label}",
            for (index , entry) in entries.iter().enumerate() {
                li { key: "{index}", class: "ao-timeline-entry {entry.tone.class()}",
                    span { class: "ao-timeline-mark", {icon(entry.icon.unwrap_or(icon!("circle-dot")))} }
                    div { class: "ao-timeline-body",
                        p { class: "ao-timeline-title",
                            span { "{entry.title}" }
                            time { class: "ao-dim", datetime: "{entry.at}", title: "{entry.at_full}", "{entry.when}" }
                        }
                        if let Some(text) = &entry.text {
                            p { "{text}" }
                        }
                        if !entry.changes.is_empty() {
                            Changes { changes: entry.changes.clone() }
                        }
                    }
                }
            }
        }
    }
}

/// Fields with what they were and what they are.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Changes { changes: vec![Change { field: "Tier".to_owned(), before: None, after: Some("Gold".to_owned()) }] }
/// }
/// # }
/// ```
#[component]
pub fn Changes(
    /// The fields.
    changes: Vec<Change>,
) -> Element {
    rsx! {
        dl { class: "ao-changes",
            for change in changes {
                div { key: "{change.field}",
                    dt { "{change.field}" }
                    dd {
                        match &change.before {
                            Some(before) => rsx! {
                                del { "{before}" }
                            },
                            None => rsx! {
                                span { class: "ao-dim", "empty" }
                            },
                        }
                        span { class: "ao-dim", "aria-hidden": "true", "→" }
                        span { class: "ao-hidden", "became" }
                        match &change.after {
                            Some(after) => rsx! {
                                ins { "{after}" }
                            },
                            None => rsx! {
                                span { class: "ao-dim", "empty" }
                            },
                        }
                    }
                }
            }
        }
    }
}
