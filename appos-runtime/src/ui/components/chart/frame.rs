//! What every chart has: a name, axes, a legend, and its numbers as a table.

use dioxus::prelude::*;

use super::scale::{Scale, plain};
use crate::ui::text::own::components as words;

/// Numbers that are drawn together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What they are.
    pub label: String,
    /// The numbers, one for each label of the chart; what is no number is a gap.
    pub values: Vec<f64>,
}

impl Series {
    /// Numbers with their name.
    pub fn new(label: impl Into<String>, values: impl Into<Vec<f64>>) -> Self {
        Self { label: label.into(), values: values.into() }
    }
}

/// Most series that are told apart; the rest look like the first ones again.
pub(super) const KINDS: usize = 6;

/// What a chart with two axes draws.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    Lines,
    Bars,
}

/// A chart with two axes, around its drawing.
pub(super) struct Axes<'a> {
    pub(super) title: &'a str,
    /// What is drawn along the axes.
    pub(super) kind: Drawn,
    pub(super) labels: &'a [String],
    pub(super) series: &'a [Series],
    pub(super) unit: Option<&'a str>,
    pub(super) loading: bool,
}

impl Axes<'_> {
    pub(super) fn scale(&self) -> Scale {
        Scale::of(self.series.iter().flat_map(|series| series.values.iter().copied()))
    }

    pub(super) fn around(&self, scale: &Scale, drawing: Element) -> Element {
        let title = match self.unit {
            Some(unit) => format!("{} ({unit})", self.title),
            None => self.title.to_owned(),
        };
        if self.loading || self.labels.is_empty() || self.series.is_empty() {
            return empty(&title, self.loading);
        }
        let count = self.labels.len();
        // As many labels as there is room for on a wide screen; every second of them on a narrow one.
        let every = count.div_ceil(12);
        let labels = self.labels.iter().step_by(every).enumerate();
        let many = count / every > 5;
        let side = if self.kind == Drawn::Lines { "ao-chart-x" } else { "ao-chart-x ao-chart-x-bands" };
        rsx! {
            figure { class: "ao-chart",
                figcaption { class: "ao-chart-title", "{title}" }
                div { class: "ao-chart-plot", role: "img", "aria-label": self.summary(&title),
                    div { class: "ao-chart-y", "aria-hidden": "true",
                        for (index , tick) in scale.ticks.iter().enumerate() {
                            span { key: "{index}", {scale.tick(*tick)} }
                        }
                    }
                    svg {
                        class: "ao-chart-drawing",
                        view_box: "0 0 100 100",
                        preserve_aspect_ratio: "none",
                        "aria-hidden": "true",
                        "focusable": "false",
                        for (index , tick) in scale.ticks.iter().enumerate() {
                            line {
                                key: "{index}",
                                class: if *tick == 0.0 { "ao-chart-zero" } else { "ao-chart-grid" },
                                x1: "0",
                                x2: "100",
                                y1: round(scale.place(*tick)),
                                y2: round(scale.place(*tick)),
                            }
                        }
                        {drawing}
                    }
                    div { class: side, "aria-hidden": "true",
                        for (index , label) in labels {
                            span { key: "{index}", class: if many && index % 2 == 1 { "ao-chart-less" }, "{label}" }
                        }
                    }
                }
                if self.series.len() > 1 {
                    ul { class: "ao-legend",
                        for (index , series) in self.series.iter().enumerate() {
                            li { key: "{index}",
                                {self.swatch(index % KINDS)}
                                "{series.label}"
                            }
                        }
                    }
                }
                {self.table(&title)}
            }
        }
    }

    /// What tells a series from the others, as it is drawn.
    fn swatch(&self, kind: usize) -> Element {
        if self.kind == Drawn::Lines {
            return rsx! {
                svg { class: "ao-legend-line", view_box: "0 0 22 8", "aria-hidden": "true", "focusable": "false",
                    path { class: "ao-chart-line ao-series-{kind}", d: "M0 4H22" }
                }
            };
        }
        rsx! {
            span { class: "ao-swatch ao-series-{kind}", "aria-hidden": "true" }
        }
    }

    /// The chart in a sentence.
    fn summary(&self, title: &str) -> String {
        let ends = match self.labels {
            [only] => only.clone(),
            [first, .., last] => words::chart_ends(first, last),
            [] => String::new(),
        };
        let kind = match self.kind {
            Drawn::Lines => words::line_chart(),
            Drawn::Bars => words::bar_chart(),
        };
        words::chart_summary(title, kind, &ends)
    }

    fn table(&self, title: &str) -> Element {
        rsx! {
            table { class: "ao-hidden",
                caption { "{title}" }
                thead {
                    tr {
                        td {}
                        for (index , series) in self.series.iter().enumerate() {
                            th { key: "{index}", scope: "col", "{series.label}" }
                        }
                    }
                }
                tbody {
                    for (index , label) in self.labels.iter().enumerate() {
                        tr { key: "{index}",
                            th { scope: "row", "{label}" }
                            for (place , series) in self.series.iter().enumerate() {
                                td { key: "{place}", {plain(series.values.get(index).copied().unwrap_or(f64::NAN))} }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Nothing to draw, or not yet, in the room of the chart.
pub(super) fn empty(title: &str, loading: bool) -> Element {
    rsx! {
        figure { class: "ao-chart", "aria-busy": loading.then_some("true"),
            figcaption { class: "ao-chart-title", "{title}" }
            div { class: "ao-chart-plot ao-chart-empty",
                if loading {
                    span { class: "ao-bone", "aria-hidden": "true" }
                    span { class: "ao-hidden", {words::loading()} }
                } else {
                    p { class: "ao-dim", {words::no_data()} }
                }
            }
        }
    }
}

/// A place in a drawing, as a short text.
pub(super) fn round(place: f64) -> String {
    let text = format!("{place:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
