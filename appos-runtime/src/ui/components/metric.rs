//! A number that somebody watches.

use dioxus::prelude::*;

use super::chart::Sparkline;
use super::icon::{IconName, icon, icon_if};
use crate::icon;
use crate::ui::text::own::components as words;

/// Where a number goes, and whether that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    /// The change in words: `12 % more than last month`.
    pub text: String,
    /// The number grows.
    pub up: bool,
    /// The change is welcome.
    pub good: bool,
}

impl Trend {
    /// It grows, which is welcome.
    pub fn up(text: impl Into<String>) -> Self {
        Self { text: text.into(), up: true, good: true }
    }

    /// It falls, which is not.
    pub fn down(text: impl Into<String>) -> Self {
        Self { text: text.into(), up: false, good: false }
    }

    /// The other way round: of complaints, fewer are welcome.
    #[must_use]
    pub fn inverted(self) -> Self {
        Self { good: !self.good, ..self }
    }
}

/// What a [`Metric`](Metric()) shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MetricValue {
    /// It is on its way.
    #[default]
    Loading,
    /// There is none, and why.
    Failed(String),
    /// Here it is, as it is to be read.
    Ready(String),
}

impl From<String> for MetricValue {
    fn from(text: String) -> Self {
        Self::Ready(text)
    }
}

impl From<&str> for MetricValue {
    fn from(text: &str) -> Self {
        Self::Ready(text.to_owned())
    }
}

impl From<Option<String>> for MetricValue {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Loading, Self::Ready)
    }
}

/// A number that somebody watches, with its name, and where it goes.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Metric { label: "Open orders", value: "312", trend: Trend::up("8 % more than last week"), to: "/crm/orders" }
/// }
/// # }
/// ```
#[component]
pub fn Metric(
    /// Its name.
    label: String,
    /// The number, as it is to be read, or what loads it: `use_data(|| records::Order::query().count())`.
    #[props(default, into)]
    value: MetricValue,
    /// Its unit, behind it.
    unit: Option<String>,
    /// Where it goes.
    trend: Option<Trend>,
    /// How it went.
    history: Option<Vec<f64>>,
    /// Beside its name.
    icon: Option<IconName>,
    /// Where more about it is.
    to: Option<String>,
    /// What went wrong when it was asked for.
    error: Option<String>,
) -> Element {
    let (value, error) = match value {
        MetricValue::Loading => (None, error),
        MetricValue::Failed(why) => (None, error.or(Some(why))),
        MetricValue::Ready(value) => (Some(value), error),
    };
    let loading = value.is_none() && error.is_none();
    rsx! {
        div { class: "ao-metric", "aria-busy": loading.then_some("true"),
            p { class: "ao-metric-label",
                {icon_if(icon)}
                if let Some(to) = to {
                    a { href: "{to}", "{label}" }
                } else {
                    span { "{label}" }
                }
            }
            p { class: "ao-metric-value",
                if let Some(value) = value {
                    span { "{value}" }
                    if let Some(unit) = unit {
                        span { class: "ao-metric-unit", "{unit}" }
                    }
                } else if loading {
                    span { class: "ao-bone", "aria-hidden": "true" }
                    span { class: "ao-hidden", {words::loading()} }
                } else {
                    span { "aria-hidden": "true", "–" }
                }
            }
            if let Some(error) = error {
                p { class: "ao-metric-note ao-bad", role: "alert", {self::icon(icon!("circle-alert"))} "{error}" }
            } else if let Some(trend) = trend {
                p { class: if trend.good { "ao-metric-note ao-good" } else { "ao-metric-note ao-bad" },
                    {self::icon(if trend.up { icon!("trending-up") } else { icon!("trending-down") })}
                    "{trend.text}"
                }
            }
            if let Some(history) = history {
                Sparkline { title: words::over_time(&label), values: history }
            }
        }
    }
}
