//! Charts: lines, bars, the parts of a whole; loading, and empty.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let months = months.map(str::to_owned).to_vec();
    let this_year = [31.0, 28.0, 35.0, 42.0, 40.0, 48.0, 55.0, 51.0, 60.0, 64.0, 61.0, f64::NAN];
    let last_year = [22.0, 25.0, 24.0, 30.0, 33.0, 31.0, 36.0, 40.0, 38.0, 45.0, 49.0, 52.0];
    rsx! {
        Grid { columns: 2,
            Card {
                LineChart { title: "Orders", labels: months.clone(),
                    series: vec![ui::Series::new("2026", this_year), ui::Series::new("2025", last_year)] }
            }
            Card {
                LineChart { title: "Visitors", labels: months.clone(), series: vec![ui::Series::new("2025", last_year)] }
            }
            Card {
                BarChart { title: "Revenue", unit: "EUR", labels: ["North", "East", "South", "West"].map(str::to_owned).to_vec(),
                    series: vec![
                        ui::Series::new("2024", [9_400.0, 7_100.0, 11_800.0, 5_200.0]),
                        ui::Series::new("2025", [12_000.0, 9_500.0, 13_100.0, 4_800.0]),
                        ui::Series::new("2026", [14_200.0, 11_000.0, 12_400.0, 6_900.0]),
                    ] }
            }
            Card {
                BarChart { title: "Profit", unit: "EUR", labels: months, series: vec![ui::Series::new("2026", [4.0, 2.5, -1.0, -3.5, 1.0, 3.0, 6.0, 5.5, 2.0, 4.5, 7.0, 6.5])] }
            }
            Card {
                DonutChart { title: "Customers by tier",
                    slices: vec![ui::Slice::new("Gold", 124.0), ui::Slice::new("Silver", 310.0), ui::Slice::new("Bronze", 770.0)] }
            }
            Card {
                LineChart { title: "Returns", labels: vec![], series: vec![] }
            }
        }
    }
}
