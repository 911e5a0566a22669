//! One object: how it was used, point by point.

use dioxus::prelude::*;

use super::{count, length, percent};
use crate::monitoring::{ObjectUse, Point};
use crate::ui::components::{Card, Column, EmptyState, Grid, LineChart, LinkButton, Metric, Series};
use crate::ui::text::Format;
use crate::ui::text::own::monitoring as words;
use crate::value::DateTime;

/// Numbers of one object. `step`: length of a point in seconds; `back`: where the others are.
#[component]
pub(super) fn OfObject(object: Option<ObjectUse>, step: i64, back: String) -> Element {
    let name = object.as_ref().map(|object| object.object.clone());
    rsx! {
        Column {
            div { class: "ao-form-actions",
                if let Some(name) = name {
                    strong { "{name}" }
                }
                LinkButton { to: back, {words::objects()} }
            }
            Numbers { object, step }
        }
    }
}

/// The same without its name.
#[component]
pub(in crate::ui) fn Numbers(object: Option<ObjectUse>, step: i64) -> Element {
    let format = Format::current();
    let Some(object) = object else {
        return rsx! {
            EmptyState { title: words::not_called() }
        };
    };
    rsx! {
        Column {
            Grid { columns: 3,
                Metric { label: words::calls(), value: count(&format, object.calls) }
                Metric { label: words::error_rate(), value: percent(&format, object.error_rate) }
                Metric { label: words::denied(), value: count(&format, object.denied) }
                Metric { label: "p50", value: length(&format, object.p50_ms) }
                Metric { label: "p95", value: length(&format, object.p95_ms) }
                Metric { label: "p99", value: length(&format, object.p99_ms) }
            }
            {charts(&object.points, step)}
        }
    }
}

fn charts(points: &[Point], step: i64) -> Element {
    let zone = Format::current().time_zone();
    // Many of them have no room for more than this.
    let form = if step < 6 * 3600 { "%H:%M" } else { "%d.%m." };
    let label = |at: DateTime| at.with_timezone(&zone).format(form).to_string();
    let labels: Vec<String> = points.iter().map(|point| point.at.map(label).unwrap_or_default()).collect();
    #[expect(clippy::cast_precision_loss, reason = "points of a drawing")]
    let calls = |of: fn(&Point) -> u64| points.iter().map(|point| of(point) as f64).collect::<Vec<_>>();
    // Where nothing was called there is no time that it took.
    let times = |of: fn(&Point) -> f64| {
        let time = |point: &Point| if point.calls == 0 { f64::NAN } else { of(point) };
        points.iter().map(time).collect::<Vec<_>>()
    };
    rsx! {
        Card {
            LineChart {
                title: words::calls(),
                labels: labels.clone(),
                series: vec![
                    Series::new(words::calls(), calls(|point| point.calls)),
                    Series::new(words::errors(), calls(|point| point.errors)),
                    Series::new(words::denied(), calls(|point| point.denied)),
                ],
            }
        }
        Card {
            LineChart {
                title: words::duration(),
                labels,
                unit: "ms",
                series: vec![
                    Series::new("p50", times(|point| point.p50_ms)),
                    Series::new("p95", times(|point| point.p95_ms)),
                    Series::new("p99", times(|point| point.p99_ms)),
                ],
            }
        }
    }
}
