//! Every icon by its name.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        ul { class: "ao-gallery-icons",
            for name in ui::IconName::all() {
                li { key: "{name.name()}",
                    Icon { name }
                    span { {name.name()} }
                }
            }
        }
    }
}
