//! JSON, to be folded.

use dioxus::prelude::*;

use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let value = serde_json::json!({
        "id": 42,
        "name": "Ada Lovelace",
        "active": true,
        "address": { "street": "1 Main Street", "city": "London", "geo": { "lat": 51.5, "lon": -0.12 } },
        "tags": ["new", "paid"],
        "manager": null,
    });
    rsx! {
        JsonView { label: "Payload", value }
    }
}
