//! A ring: the parts of a whole.

use dioxus::prelude::*;

use super::frame::{KINDS, empty};
use super::scale::plain;
use crate::ui::text::own::components as words;

/// A part of a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slice {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: f64,
}

impl Slice {
    /// A part with its name.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self { label: label.into(), value }
    }
}

/// The parts of a whole. Name, number and share of each stand beside the ring.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     DonutChart { title: "Customers by tier", slices: vec![Slice::new("Gold", 12.0), Slice::new("Silver", 30.0)] }
/// }
/// # }
/// ```
#[component]
pub fn DonutChart(
    /// What is drawn.
    title: String,
    /// The parts; those that are no number above zero are left out.
    slices: Vec<Slice>,
    /// The unit of the numbers.
    unit: Option<String>,
    /// The numbers are not there yet.
    #[props(default)]
    loading: bool,
) -> Element {
    let slices: Vec<Slice> = slices.into_iter().filter(|slice| slice.value.is_finite() && slice.value > 0.0).collect();
    let sum: f64 = slices.iter().map(|slice| slice.value).sum();
    if loading || slices.is_empty() || !sum.is_finite() {
        return empty(&title, loading);
    }
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    let mut before = 0.0;
    let parts: Vec<(String, String, f64)> = slices
        .iter()
        .map(|slice| {
            let share = slice.value / sum * 100.0;
            // A gap of half a percent between parts; none around a part that is all.
            let length = if slices.len() == 1 { 100.0 } else { (share - 0.5).max(0.1) };
            let part = (format!("{length:.2} {:.2}", 100.0 - length), format!("{:.2}", 25.0 - before), share);
            before += share;
            part
        })
        .collect();
    rsx! {
        figure { class: "ao-chart ao-donut",
            figcaption { class: "ao-chart-title", "{title}" }
            div { class: "ao-donut-body",
                div { class: "ao-donut-drawing",
                    svg { view_box: "0 0 42 42", "aria-hidden": "true", "focusable": "false",
                        for (index , (dashes , offset , _)) in parts.iter().enumerate() {
                            // Its length around is 100.
                            circle {
                                key: "{index}",
                                class: "ao-chart-slice ao-series-{index % KINDS}",
                                cx: "21",
                                cy: "21",
                                r: "15.9155",
                                stroke_dasharray: "{dashes}",
                                stroke_dashoffset: "{offset}",
                            }
                        }
                    }
                    p { class: "ao-donut-sum",
                        strong { {plain(sum)} }
                        span { class: "ao-dim", {words::in_all(&unit)} }
                    }
                }
                table { class: "ao-donut-legend",
                    caption { class: "ao-hidden", "{title}" }
                    tbody {
                        for (index , slice) in slices.iter().enumerate() {
                            tr { key: "{index}",
                                th { scope: "row",
                                    span { class: "ao-swatch ao-series-{index % KINDS}", "aria-hidden": "true" }
                                    "{slice.label}"
                                }
                                td { {plain(slice.value)} "{unit}" }
                                td { class: "ao-dim", "{parts[index].2:.0} %" }
                            }
                        }
                    }
                }
            }
        }
    }
}
