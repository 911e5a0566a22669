//! Bars: how several things compare.

use dioxus::prelude::*;

use super::frame::{Axes, Drawn, KINDS, Series, round};

/// How several things compare.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     BarChart { title: "Revenue", unit: "EUR", labels: ["North", "South"].map(str::to_owned).to_vec(),
///         series: vec![Series::new("2025", [12_000.0, 9_500.0]), Series::new("2026", [14_200.0, 11_000.0])] }
/// }
/// # }
/// ```
#[component]
pub fn BarChart(
    /// What is drawn.
    title: String,
    /// What stands below the bars, from left to right.
    labels: Vec<String>,
    /// The numbers; several series stand beside each other.
    series: Vec<Series>,
    /// The unit of the numbers.
    unit: Option<String>,
    /// The numbers are not there yet.
    #[props(default)]
    loading: bool,
) -> Element {
    let axes =
        Axes { title: &title, kind: Drawn::Bars, labels: &labels, series: &series, unit: unit.as_deref(), loading };
    let scale = axes.scale();
    let zero = scale.place(0.0);
    #[expect(clippy::cast_precision_loss, reason = "bars of a drawing")]
    let (band, count) = (100.0 / labels.len().max(1) as f64, series.len().max(1) as f64);
    // Bars take seven tenths of the room; a few are not wider for that than many.
    let width = (band * 0.7 / count).min(16.0);
    let bars = series.iter().enumerate().flat_map(|(row, series)| {
        let scale = &scale;
        series.values.iter().take(labels.len()).enumerate().filter(|(_, value)| value.is_finite()).map(
            move |(index, value)| {
                #[expect(clippy::cast_precision_loss, reason = "bars of a drawing")]
                let left = (index as f64 + 0.5) * band + (row as f64 - count / 2.0) * width;
                let top = scale.place(*value);
                rsx! {
                    rect {
                        key: "{row}-{index}",
                        class: "ao-chart-bar ao-series-{row % KINDS}",
                        x: round(left),
                        y: round(top.min(zero)),
                        width: round(width * 0.92),
                        height: round((top - zero).abs()),
                    }
                }
            },
        )
    });
    axes.around(&scale, rsx! { {bars} })
}
