//! What stands where something else would.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Grid { columns: 3,
            Card {
                EmptyState { icon: "users", title: "No customers yet", description: "Customers that you add appear here.",
                    LinkButton { to: "#gallery-states", variant: ui::ButtonVariant::Primary, icon: "plus", "New customer" }
                }
            }
            Card {
                ErrorState { title: "The orders could not be read", description: "The database does not answer.",
                    execution: "01890c2e-7b1d-7000-8000-000000000000",
                    LinkButton { to: "#gallery-states", icon: "refresh-cw", "Try again" }
                }
            }
            Card { title: "Loading",
                Skeleton { lines: 5, label: "Loading the orders" }
            }
        }
    }
}
