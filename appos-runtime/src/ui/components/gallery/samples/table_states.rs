//! Tables without rows: there are none, not yet, or they could not be read.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let columns = || vec![ui::TableColumn::new("Name"), ui::TableColumn::number("Total")];
    rsx! {
        Grid { columns: 3,
            DataTable { label: "Orders, none", columns: columns(), rows: vec![],
                empty: rsx! {
                    EmptyState { icon: "receipt", title: "No orders yet", description: "Orders that you add appear here.",
                        LinkButton { to: "#gallery-table_states", icon: "plus", "New order" }
                    }
                } }
            DataTable { label: "Orders, loading", columns: columns(), rows: vec![], state: ui::TableState::Loading(5) }
            DataTable { label: "Orders, failed", columns: columns(), rows: vec![],
                state: ui::TableState::Failed("The database does not answer.".to_owned()) }
        }
    }
}
