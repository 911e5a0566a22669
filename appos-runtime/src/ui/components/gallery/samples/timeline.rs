//! What happened to a record.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let change = |field: &str, before: Option<&str>, after: Option<&str>| ui::Change {
        field: field.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let entry = |title: &str, when: &str, tone, icon: &str| ui::TimelineEntry {
        title: title.to_owned(),
        when: when.to_owned(),
        at: "2026-11-29T13:05:00Z".to_owned(),
        at_full: "29 November 2026, 13:05".to_owned(),
        tone,
        icon: Some(icon.into()),
        ..ui::TimelineEntry::default()
    };
    let entries = vec![
        ui::TimelineEntry {
            changes: vec![change("Tier", Some("Silver"), Some("Gold")), change("Phone", Some("+49 30 1234"), None)],
            ..entry("Ada Lovelace changed 2 fields", "2 hours ago", ui::Tone::Info, "pencil")
        },
        ui::TimelineEntry {
            text: Some("Payment was late for the third time.".to_owned()),
            ..entry("Grace Hopper put it on hold", "yesterday", ui::Tone::Warning, "pause")
        },
        entry("Ada Lovelace created it", "3 weeks ago", ui::Tone::Good, "plus"),
    ];
    rsx! {
        Card { title: "History",
            Timeline { label: "History of the customer", entries }
        }
    }
}
