//! States of things, and what they are filed under.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Column {
            Row { gap: ui::Gap::Small,
                Badge { label: "Draft" }
                Badge { label: "Sent", tone: ui::Tone::Info }
                Badge { label: "Paid", tone: ui::Tone::Good }
                Badge { label: "Due soon", tone: ui::Tone::Warning }
                Badge { label: "Overdue", tone: ui::Tone::Bad }
            }
            Row { gap: ui::Gap::Small,
                Tag { label: "newsletter" }
                Tag { label: "Berlin", to: "#gallery-status" }
                Tag { label: "Status is open", remove: "#gallery-status" }
                Avatar { name: "Ada Lovelace" }
                Avatar { name: "Grace Hopper", named: true }
                Tooltip { text: "29 November 2026, 13:05", "2 hours ago" }
            }
            Progress { label: "Importing customers", value: 34.0, note: "340 of 1,000 rows" }
            Progress { label: "Waiting for the server" }
        }
    }
}
