//! `/admin/metrics` and `/admin/health`: how objects are used, and whether the program has what it needs, for
//! administrators. What they show they ask of rules of the platform.

mod health;
mod metrics;
mod object;

use dioxus::prelude::*;

pub(crate) use health::HealthScreen;
pub(crate) use metrics::MetricsScreen;
pub(in crate::ui) use object::Numbers;

use crate::error::Result;
use crate::icon;
use crate::monitoring::WINDOWS;
use crate::registry::Registry;
use crate::security::Permission;
use crate::ui::components::{Tab, Tabs};
use crate::ui::page::Location;
use crate::ui::processes::current;
use crate::ui::shell::NavigationEntry;
use crate::ui::text::Format;
use crate::ui::text::own::monitoring as words;

/// Where they are.
pub(crate) const METRICS: &str = "/admin/metrics";
pub(crate) const HEALTH: &str = "/admin/health";

/// True unless an app has the address, whose pages are there then.
pub(crate) fn is_there(registry: &Registry) -> bool {
    registry.apps().iter().all(|app| app.name != "admin")
}

/// Their entry in the navigation, for whoever may read the numbers.
///
/// # Errors
/// His rights cannot be read.
pub(crate) async fn entry() -> Result<Option<NavigationEntry>> {
    let ctx = current()?;
    let (registry, rights) = (ctx.scope().engine.registry(), ctx.scope().fresh_rights().await?);
    let rule = registry.find("platform.rules.metrics");
    let may = is_there(registry) && rule.is_some_and(|rule| rights.allows(rule, Permission::Use));
    let entry = || NavigationEntry {
        label: words::title().to_owned(),
        href: METRICS.to_owned(),
        icon: icon!("gauge"),
        badge: None,
    };
    Ok(may.then(entry))
}

/// The ways to other times to look back over.
pub(in crate::ui) fn windows(location: &Location, selected: &'static str) -> Element {
    let label = |name: &str| match name {
        "1h" => words::last_hour(),
        "24h" => words::last_day(),
        "7d" => words::last_week(),
        _ => words::last_month(),
    };
    let tab = |name: &'static str| Tab::link(name, label(name), location.with(&[("window", Some(name))]));
    let tabs: Vec<Tab> = WINDOWS.iter().map(|window| tab(window.name)).collect();
    rsx! {
        Tabs { label: words::look_back(), selected, tabs }
    }
}

/// A number of calls.
fn count(format: &Format, number: u64) -> String {
    format.integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A length of time as people read it.
fn length(format: &Format, milliseconds: f64) -> String {
    let shown = |number: f64, digits: i32, unit: &str| {
        let factor = 10_f64.powi(digits);
        format!("{} {unit}", format.float((number * factor).round() / factor))
    };
    match milliseconds {
        ms if ms <= 0.0 => String::new(),
        ms if ms < 1.0 => shown(ms * 1000.0, 0, "µs"),
        ms if ms < 10.0 => shown(ms, 1, "ms"),
        ms if ms < 1000.0 => shown(ms, 0, "ms"),
        ms => shown(ms / 1000.0, 1, "s"),
    }
}

/// A part of a whole.
fn percent(format: &Format, part: f64) -> String {
    let part = rust_decimal::Decimal::try_from(part).unwrap_or_default().round_dp(4);
    format.percent(part)
}
