//! Every icon by its name.

use dioxus::prelude::*;

use crate::ui::components::*;

pub(super) fn show() -> Element {
    rsx! {
        ul { class: "ao-gallery-icons",
            for name in IconName::all() {
                li { key: "{name.name()}",
                    Icon { name }
                    span { {name.name()} }
                }
            }
        }
    }
}
