//! Tabs that are addresses, and tabs that are not.

use dioxus::prelude::*;

use crate::ui::components::*;

pub(super) fn show() -> Element {
    rsx! {
        Column {
            Tabs { label: "Customer", selected: "orders", tabs: vec![
                Tab::link("details", "Details", "#gallery-tabs").icon("info"),
                Tab::link("orders", "Orders", "#gallery-tabs").count(12),
                Tab::link("history", "History", "#gallery-tabs"),
            ] }
            Tabs { label: "Views", id: "views", tabs: vec![
                Tab::panel("table", "Table", rsx! { p { "A table of them." } }),
                Tab::panel("chart", "Chart", rsx! { p { "A chart of them." } }),
            ] }
        }
    }
}
