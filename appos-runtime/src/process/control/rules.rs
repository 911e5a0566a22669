//! Rules of the platform over instances, by which the API, the command line and screens reach them. Everybody may
//! call them: what they do is a dispatch of the instance's process.

use std::future::Future;

use serde_json::Value as Json;
use uuid::Uuid;

use super::bulk::{Steered, Steering, steer};
use super::see::{InstanceSeen, Listed, Wanted, list, show};
use super::stats::{Stats, StatsWanted, stats};
use super::workers::{WorkersSeen, scale, workers};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::platform::rules::platform_rule;
use crate::process::start::Instance;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};

platform_rule!(PROCESS_LIST, PROCESS_LIST_RULE, "process_list", "Lists instances of processes that the caller may see, the newest first.", "Vec<Listed>",
    [wanted: Option<Wanted>], process_list(wanted), everyone);
platform_rule!(PROCESS_SHOW, PROCESS_SHOW_RULE, "process_show", "Shows an instance of a process with its history.", "InstanceSeen",
    [instance: Uuid], process_show(instance), everyone);
platform_rule!(PROCESS_SIGNAL, PROCESS_SIGNAL_RULE, "process_signal", "Tells an instance of a process something that it waits for.", "()",
    [instance: Uuid, name: String, payload: Option<Json>], process_signal(instance, name, payload), everyone);
platform_rule!(PROCESS_CANCEL, PROCESS_CANCEL_RULE, "process_cancel", "Ends an instance of a process, and undoes what it has done.", "()",
    [instance: Uuid], process_cancel(instance), everyone);
platform_rule!(PROCESS_RETRY, PROCESS_RETRY_RULE, "process_retry", "Has an instance of a process that has failed go on from the steps that have failed.", "()",
    [instance: Uuid], process_retry(instance), everyone);
platform_rule!(PROCESS_RESUME, PROCESS_RESUME_RULE, "process_resume", "Has an instance of a process go on that was put aside.", "()",
    [instance: Uuid], process_resume(instance), everyone);
platform_rule!(PROCESS_STEER, PROCESS_STEER_RULE, "process_steer", "Retries, resumes or cancels several instances of processes, and tells with which it was not done.", "Vec<Steered>",
    [instances: Vec<Uuid>, what: Steering], process_steer(instances, what), everyone);
platform_rule!(PROCESS_STATS, PROCESS_STATS_RULE, "process_stats", "Tells how much there is to do in processes that the caller may see, and what was done in the last hour.", "Stats",
    [wanted: Option<StatsWanted>], process_stats(wanted), everyone);
platform_rule!(
    PROCESS_WORKERS,
    PROCESS_WORKERS_RULE,
    "process_workers",
    "Lists the programs that run instances of processes.",
    "WorkersSeen",
    [],
    process_workers()
);
platform_rule!(PROCESS_SCALE, PROCESS_SCALE_RULE, "process_scale", "Sets how many instances a worker runs at the same time, or each of `all`; without a number it is as its settings say.", "()",
    [worker: String, concurrency: Option<i64>], process_scale(worker, concurrency));

fn of(instance: Uuid) -> LoggedArguments {
    LoggedArguments::begin().argument("instance", &instance).finish()
}

pub(crate) fn process_list(wanted: Option<Wanted>) -> impl Future<Output = Result<Vec<Listed>>> + Send {
    let logged = LoggedArguments::begin().argument("wanted", &wanted).finish();
    dispatch(&PROCESS_LIST, logged, move |ctx, _| async move { list(&ctx, wanted.unwrap_or_default()).await })
}

fn process_show(instance: Uuid) -> impl Future<Output = Result<InstanceSeen>> + Send {
    dispatch(&PROCESS_SHOW, of(instance), move |_, _| async move { show(instance).await })
}

fn process_signal(instance: Uuid, name: String, payload: Option<Json>) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("instance", &instance).argument("name", &name).finish();
    dispatch(&PROCESS_SIGNAL, logged, move |_, _| async move {
        Instance { id: instance }.signal(&name, payload.unwrap_or_default()).await
    })
}

fn process_cancel(instance: Uuid) -> impl Future<Output = Result<()>> + Send {
    dispatch(&PROCESS_CANCEL, of(instance), move |_, _| async move { Instance { id: instance }.cancel().await })
}

fn process_retry(instance: Uuid) -> impl Future<Output = Result<()>> + Send {
    dispatch(&PROCESS_RETRY, of(instance), move |_, _| async move { Instance { id: instance }.retry().await })
}

fn process_resume(instance: Uuid) -> impl Future<Output = Result<()>> + Send {
    dispatch(&PROCESS_RESUME, of(instance), move |_, _| async move { Instance { id: instance }.resume().await })
}

pub(crate) fn process_steer(instances: Vec<Uuid>, what: Steering) -> impl Future<Output = Result<Vec<Steered>>> + Send {
    let logged = LoggedArguments::begin().argument("instances", &instances).argument("what", &what).finish();
    dispatch(&PROCESS_STEER, logged, move |_, _| async move { Box::pin(steer(instances, what)).await })
}

pub(crate) fn process_stats(wanted: Option<StatsWanted>) -> impl Future<Output = Result<Stats>> + Send {
    let logged = LoggedArguments::begin().argument("wanted", &wanted).finish();
    dispatch(&PROCESS_STATS, logged, move |ctx, _| async move { stats(&ctx, wanted.unwrap_or_default()).await })
}

pub(crate) fn process_workers() -> impl Future<Output = Result<WorkersSeen>> + Send {
    dispatch(&PROCESS_WORKERS, LoggedArguments::none(), |ctx, _| async move { workers(&ctx).await })
}

pub(crate) fn process_scale(worker: String, concurrency: Option<i64>) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("worker", &worker).argument("concurrency", &concurrency).finish();
    dispatch(&PROCESS_SCALE, logged, move |ctx, _| async move { scale(&ctx, &worker, concurrency).await })
}
