//! A line as small as a word.

use dioxus::prelude::*;

use super::line::path;
use super::scale::{Scale, plain};

/// A line as small as a word, beside the number whose history it is.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Sparkline { title: "Orders of the last week", values: vec![3.0, 5.0, 2.0, 8.0, 7.0] }
/// }
/// # }
/// ```
#[component]
pub fn Sparkline(
    /// What it shows.
    title: String,
    /// The numbers, the latest last.
    values: Vec<f64>,
) -> Element {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (Some(first), Some(last)) = (finite().next(), finite().next_back()) else {
        return rsx! {
            span { class: "ao-sparkline" }
        };
    };
    // It shows the change and not the size, so it begins at its lowest number.
    let low = finite().fold(f64::INFINITY, f64::min);
    let moved: Vec<f64> = values.iter().map(|value| value - low).collect();
    let scale = Scale::of(moved.iter().copied());
    let line = path(&moved, values.len(), &scale);
    rsx! {
        span { class: "ao-sparkline", role: "img", "aria-label": "{title}: from {plain(first)} to {plain(last)}",
            svg { view_box: "0 -6 100 112", preserve_aspect_ratio: "none", "aria-hidden": "true", "focusable": "false",
                path { class: "ao-chart-line ao-series-0", d: "{line}" }
            }
        }
    }
}
