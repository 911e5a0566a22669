//! Dialogs, a drawer, and messages.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Row { gap: ui::Gap::Small,
            Button { opens: "gallery-delete", "Delete …" }
            Button { opens: "gallery-drawer", "Details …" }
        }
        Modal { id: "gallery-delete", title: "Delete Ada Lovelace?",
            actions: rsx! { Button { variant: ui::ButtonVariant::Danger, "Delete" } },
            p { "Her 12 orders stay." }
        }
        Modal { id: "gallery-drawer", title: "Order 1017", drawer: true,
            Details {
                Detail { label: "Total", "1,190.00" }
                Detail { label: "Status",
                    Badge { label: "Paid", tone: ui::Tone::Good }
                }
            }
        }
        Toasts { toasts: vec![
            ui::Toast { id: 1, text: "Saved.".to_owned(), tone: ui::Tone::Good, ..ui::Toast::default() },
            ui::Toast { id: 2, text: "Deleted.".to_owned(), action: Some(("Undo".to_owned(), "#gallery-modals".to_owned())), ..ui::Toast::default() },
        ] }
    }
}
