//! Tables without rows: there are none, not yet, or they could not be read.

use dioxus::prelude::*;

use crate::ui::components::*;

pub(super) fn show() -> Element {
    let columns = || vec![TableColumn::new("Name"), TableColumn::number("Total")];
    rsx! {
        Grid { columns: 3,
            DataTable { label: "Orders, none", columns: columns(), rows: vec![],
                empty: rsx! {
                    EmptyState { icon: "receipt", title: "No orders yet", description: "Orders that you add appear here.",
                        LinkButton { to: "#gallery-table_states", icon: "plus", "New order" }
                    }
                } }
            DataTable { label: "Orders, loading", columns: columns(), rows: vec![], state: TableState::Loading(5) }
            DataTable { label: "Orders, failed", columns: columns(), rows: vec![],
                state: TableState::Failed("The database does not answer.".to_owned()) }
        }
    }
}
