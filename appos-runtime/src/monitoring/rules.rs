//! Rules of the platform for administrators: how objects were used, and how a program is.

use std::future::Future;

use super::health::Health;
use super::monitor::Monitor;
use super::prometheus;
use super::report::{self, Metrics, MetricsWanted};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::platform::rules::{platform_rule, resource};
use crate::record::Store;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};

platform_rule!(METRICS, METRICS_RULE, "metrics", "Tells how objects were used lately, and how much there is to do.", "Metrics",
    [wanted: Option<MetricsWanted>], metrics(wanted));
platform_rule!(
    HEALTH,
    HEALTH_RULE,
    "health",
    "Tells whether this program has what it needs, and what is wrong with what it has not.",
    "Health",
    [],
    health()
);
platform_rule!(
    PROMETHEUS,
    PROMETHEUS_RULE,
    "prometheus",
    "Tells what this program has counted, as Prometheus reads it.",
    "String",
    [],
    prometheus_text()
);

pub(crate) fn metrics(wanted: Option<MetricsWanted>) -> impl Future<Output = Result<Metrics>> + Send {
    let logged = LoggedArguments::begin().argument("wanted", &wanted).finish();
    dispatch(&METRICS, logged, move |ctx, _| async move {
        let engine = &ctx.scope().engine;
        report::read(resource::<Monitor>(&ctx)?, engine, resource::<Store>(&ctx)?, &wanted.unwrap_or_default()).await
    })
}

pub(crate) fn health() -> impl Future<Output = Result<Health>> + Send {
    dispatch(&HEALTH, LoggedArguments::none(), |ctx, _| async move {
        Ok(resource::<Monitor>(&ctx)?.health(&ctx.scope().engine).await)
    })
}

/// What this program has counted since it began, as Prometheus reads it.
pub(crate) fn prometheus_text() -> impl Future<Output = Result<String>> + Send {
    dispatch(&PROMETHEUS, LoggedArguments::none(), |ctx, _| async move {
        prometheus::text(resource::<Monitor>(&ctx)?, &ctx.scope().engine).await
    })
}
