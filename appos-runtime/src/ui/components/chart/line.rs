//! Lines: how something changes over time.

use dioxus::prelude::*;

use super::frame::{Axes, Drawn, KINDS, Series, round};
use super::scale::Scale;

/// How something changes over time.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     LineChart { title: "Orders", labels: ["Jan", "Feb", "Mar"].map(str::to_owned).to_vec(),
///         series: vec![Series::new("2026", [120.0, 180.0, 160.0])] }
/// }
/// # }
/// ```
#[component]
pub fn LineChart(
    /// What is drawn.
    title: String,
    /// What stands below the points, from left to right.
    labels: Vec<String>,
    /// The numbers.
    series: Vec<Series>,
    /// The unit of the numbers.
    unit: Option<String>,
    /// The numbers are not there yet.
    #[props(default)]
    loading: bool,
) -> Element {
    let axes =
        Axes { title: &title, kind: Drawn::Lines, labels: &labels, series: &series, unit: unit.as_deref(), loading };
    let scale = axes.scale();
    let alone = series.len() == 1;
    let lines = series.iter().enumerate().map(|(index, series)| {
        let line = path(&series.values, labels.len(), &scale);
        let area = (alone && !line.contains(" M")).then(|| area(&line, series.values.len(), labels.len(), &scale));
        rsx! {
            g { key: "{index}",
                if let Some(area) = area {
                    path { class: "ao-chart-area", d: "{area}" }
                }
                path { class: "ao-chart-line ao-series-{index % KINDS}", d: "{line}" }
            }
        }
    });
    axes.around(&scale, rsx! { {lines} })
}

/// The way of a line; it is interrupted where there is no number.
pub(super) fn path(values: &[f64], count: usize, scale: &Scale) -> String {
    let mut path = String::new();
    let mut drawing = false;
    for (index, value) in values.iter().take(count.max(1)).enumerate() {
        if !value.is_finite() {
            drawing = false;
            continue;
        }
        let (x, y) = (round(across(index, count)), round(scale.place(*value)));
        if !path.is_empty() {
            path.push(' ');
        }
        // A point alone is a line of no length, which round ends make a dot.
        let dot = if drawing { "" } else { "h0" };
        path.push(if drawing { 'L' } else { 'M' });
        path.push_str(&[x, y].join(" "));
        path.push_str(dot);
        drawing = true;
    }
    path
}

/// The same down to zero and back.
fn area(line: &str, values: usize, count: usize, scale: &Scale) -> String {
    let zero = round(scale.place(0.0));
    let last = across(values.min(count).saturating_sub(1), count);
    format!("{line} L{} {zero} L0 {zero} Z", round(last))
}

/// The place of a point from left to right.
fn across(index: usize, count: usize) -> f64 {
    if count < 2 {
        return 50.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "points of a drawing")]
    let place = index as f64 / (count - 1) as f64 * 100.0;
    place
}
