//! Tabs that are addresses, and tabs that are not.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Column {
            Tabs { label: "Customer", selected: "orders", tabs: vec![
                ui::Tab::link("details", "Details", "#gallery-tabs").icon("info"),
                ui::Tab::link("orders", "Orders", "#gallery-tabs").count(12),
                ui::Tab::link("history", "History", "#gallery-tabs"),
            ] }
            Tabs { label: "Views", id: "views", tabs: vec![
                ui::Tab::panel("table", "Table", rsx! { p { "A table of them." } }),
                ui::Tab::panel("chart", "Chart", rsx! { p { "A chart of them." } }),
            ] }
        }
    }
}
