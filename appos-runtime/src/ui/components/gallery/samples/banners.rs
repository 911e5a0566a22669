//! What concerns a page as a whole.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Column { gap: ui::Gap::Small,
            Banner { title: "The price list changes on 1 January." }
            Banner { tone: ui::Tone::Good, title: "1,204 customers were imported." }
            Banner {
                tone: ui::Tone::Warning,
                title: "Somebody else has changed this order.",
                actions: rsx! { LinkButton { small: true, to: "#gallery-banners", "Load it again" } },
                p { "What you have typed stays." }
            }
            Banner { tone: ui::Tone::Bad, title: "The invoice could not be sent." }
        }
    }
}
