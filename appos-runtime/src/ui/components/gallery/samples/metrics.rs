//! Numbers that somebody watches: with a trend, with a history, loading, failed.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Grid { columns: 4,
            Metric { label: "Customers", value: "1,204", icon: "users", to: "#gallery-metrics", trend: ui::Trend::up("4 % more than last month") }
            Metric { label: "Revenue", value: "48,210", unit: "EUR", history: vec![12.0, 18.0, 15.0, 22.0, 26.0, 24.0, 31.0] }
            Metric { label: "Complaints", value: "7", trend: ui::Trend::up("3 more than last week").inverted() }
            Metric { label: "Open orders" }
            Metric { label: "Stock", error: "The warehouse does not answer" }
        }
    }
}
