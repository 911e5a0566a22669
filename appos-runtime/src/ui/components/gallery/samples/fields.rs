//! Fields for texts, numbers, days, lists.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Form { wide: true,
            TextField { name: "plain", label: "Text", placeholder: "An example" }
            TextField { name: "phone", label: "Phone", kind: ui::InputKind::Phone, prefix: "+49" }
            TextField { name: "quantity", label: "Quantity", kind: ui::InputKind::Integer, value: "12" }
            TextField { name: "day", label: "Day", kind: ui::InputKind::Date, value: "2026-11-29" }
            TextField { name: "moment", label: "Moment", kind: ui::InputKind::DateTime, value: "2026-11-29T13:05" }
            TextField { name: "password", label: "Password", kind: ui::InputKind::Password, help: "At least 12 characters.", autocomplete: "new-password" }
            TextField { name: "number", label: "Number", value: "A-1017", readonly: true }
            TextField { name: "total", label: "Total", value: "1,204.00", disabled: true }
            TextArea { name: "notes", label: "Notes", value: "Prefers to be called in the morning." }
            TextArea { name: "payload", label: "Payload", json: true, value: "{{ \"id\": 42 }}", error: "Line 1: a comma is missing." }
            ListField { name: "phones", label: "Phones", values: vec!["+49 30 1234".to_owned()] }
            Field { name: "volume", label: "Volume", help: "A control of one's own.",
                input { id: ui::field_id("volume"), name: "volume", r#type: "range", "aria-describedby": "field-volume-help" }
            }
        }
    }
}
