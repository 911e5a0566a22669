//! Buttons: what they look like, and what they are when they cannot be pressed.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Column {
            Row { gap: ui::Gap::Small,
                Button { variant: ui::ButtonVariant::Primary, icon: "plus", "New customer" }
                Button { "Export" }
                Button { variant: ui::ButtonVariant::Quiet, "Cancel" }
                Button { variant: ui::ButtonVariant::Danger, icon: "trash-2", "Delete" }
                LinkButton { to: "#gallery-buttons", icon: "arrow-up-right", "Open" }
            }
            Row { gap: ui::Gap::Small,
                Button { variant: ui::ButtonVariant::Primary, loading: true, "Saving" }
                Button { disabled: true, "Not now" }
                Button { small: true, icon: "list-filter", "Filter" }
                IconButton { icon: "pencil", label: "Edit" }
                IconButton { icon: "ellipsis", label: "More" }
            }
        }
    }
}
