//! Rows, columns, grids and cards.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Grid { columns: 3,
            Card { title: "A card", description: "With a line about it",
                actions: rsx! { IconButton { icon: "pencil", label: "Edit the card" } },
                p { "What belongs together stands in a frame." }
            }
            Card { title: "With a foot", footer: rsx! { "Changed 2 hours ago" },
                Skeleton { lines: 3 }
            }
            Card {
                Column { gap: ui::Gap::Small,
                    Row { align: ui::Align::Between,
                        span { "Subtotal" }
                        span { "1,000.00" }
                    }
                    Row { align: ui::Align::Between,
                        span { "Tax" }
                        span { "190.00" }
                    }
                }
            }
        }
    }
}
