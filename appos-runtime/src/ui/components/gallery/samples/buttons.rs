//! Buttons: what they look like, and what they are when they cannot be pressed.

use dioxus::prelude::*;

use crate::ui::components::*;

pub(super) fn show() -> Element {
    rsx! {
        Column {
            Row { gap: Gap::Small,
                Button { variant: ButtonVariant::Primary, icon: "plus", "New customer" }
                Button { "Export" }
                Button { variant: ButtonVariant::Quiet, "Cancel" }
                Button { variant: ButtonVariant::Danger, icon: "trash-2", "Delete" }
                LinkButton { to: "#gallery-buttons", icon: "arrow-up-right", "Open" }
            }
            Row { gap: Gap::Small,
                Button { variant: ButtonVariant::Primary, loading: true, "Saving" }
                Button { disabled: true, "Not now" }
                Button { small: true, icon: "list-filter", "Filter" }
                IconButton { icon: "pencil", label: "Edit" }
                IconButton { icon: "ellipsis", label: "More" }
            }
        }
    }
}
