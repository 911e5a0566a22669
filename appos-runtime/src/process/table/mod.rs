//! The tables of processes: instances, their history, variables and signals. Moments are milliseconds since 1970.

mod instance;
mod load;
mod queue;
mod task;
mod worker;
mod write;

#[cfg(feature = "web")]
pub(crate) use instance::set_version;
pub(super) use instance::{ChangeAsked, NewInstance, ask, insert, signal};
pub(super) use load::{Taken, Taking, is_idle, next_due, take};
pub(super) use queue::{Depth, depths, tasks_open};
pub(super) use task::NewTask;
pub(crate) use task::TaskState;
pub(super) use worker::{
    ALL, Counts, Minute, WorkerRow, leave, minutes, put_worker, scale_of, scales, set_scale, workers,
};
pub(super) use write::{Batch, beat, release, write};

use super::entry::named;
use crate::error::Result;
use crate::record::{SetUp, Store, database_fault};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use uuid::Uuid;

pub(super) use crate::platform::secrets::{
    PROCESS_ARGUMENTS as ARGUMENTS, PROCESS_ENTRY_ARGUMENTS as ENTRY_ARGUMENTS, PROCESS_ENTRY_RESULTS as ENTRY_RESULTS,
    PROCESS_PAYLOADS as PAYLOADS, PROCESS_RESULTS as RESULTS, PROCESS_TASK_ANSWERS as TASK_ANSWERS,
    PROCESS_VALUES as VALUES,
};

pub(super) const INSTANCES: &str = "platform_process_instance";
pub(super) const ENTRIES: &str = "platform_process_entry";
pub(super) const VARIABLES: &str = "platform_process_variable";
pub(super) const SIGNALS: &str = "platform_process_signal";
pub(super) const SCHEDULES: &str = "platform_process_schedule";
pub(super) const TASKS: &str = "platform_process_task";
/// Programs that run instances, how many each is to run, and what each has done by the minute.
pub(super) const WORKERS: &str = "platform_process_worker";
pub(super) const SCALES: &str = "platform_process_scale";
pub(super) const MINUTES: &str = "platform_process_minute";

/// Statements that make them.
const TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS platform_process_instance (
        id {text} NOT NULL PRIMARY KEY, process {text} NOT NULL, within {text} NOT NULL, version {integer} NOT NULL,
        name {text} NOT NULL, state {text} NOT NULL, arguments {text} NOT NULL, shown {text} NOT NULL,
        result {text} NOT NULL, shown_result {text} NOT NULL, error {text} NOT NULL, start_key {text},
        user_id {integer} NOT NULL, language {text} NOT NULL, root_id {text} NOT NULL, parent_id {text} NOT NULL,
        parent {text}, parent_place {text},
        started_at {integer} NOT NULL, ended_at {integer}, deadline_at {integer}, due_at {integer},
        worker {text}, fence {integer} NOT NULL, claims {integer} NOT NULL, wakes {integer} NOT NULL,
        cancelled_by {integer}, UNIQUE (process, start_key))",
    "CREATE INDEX IF NOT EXISTS platform_process_instance_due ON platform_process_instance (due_at)
        WHERE due_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS platform_process_instance_state ON platform_process_instance (state, within)",
    "CREATE INDEX IF NOT EXISTS platform_process_instance_process ON platform_process_instance (process, started_at)",
    "CREATE INDEX IF NOT EXISTS platform_process_instance_user ON platform_process_instance (user_id, started_at)",
    "CREATE INDEX IF NOT EXISTS platform_process_instance_parent ON platform_process_instance (parent)
        WHERE parent IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS platform_process_entry (
        instance {text} NOT NULL, place {text} NOT NULL, kind {text} NOT NULL, name {text} NOT NULL,
        state {text} NOT NULL, attempts {integer} NOT NULL, arguments {text} NOT NULL, shown {text} NOT NULL,
        result {text} NOT NULL, shown_result {text} NOT NULL, error {text} NOT NULL, execution_id {text},
        worker {text} NOT NULL, started_at {integer} NOT NULL, ended_at {integer}, due_at {integer},
        PRIMARY KEY (instance, place))",
    "CREATE TABLE IF NOT EXISTS platform_process_variable (
        instance {text} NOT NULL, name {text} NOT NULL, visibility {text} NOT NULL, value {text} NOT NULL,
        PRIMARY KEY (instance, name))",
    "CREATE TABLE IF NOT EXISTS platform_process_signal (
        id {id}, signal {text} NOT NULL UNIQUE, instance {text} NOT NULL, name {text} NOT NULL,
        payload {text} NOT NULL, sent_at {integer} NOT NULL, sent_by {integer} NOT NULL, taken_at_place {text})",
    "CREATE INDEX IF NOT EXISTS platform_process_signal_instance ON platform_process_signal (instance)",
    "CREATE TABLE IF NOT EXISTS platform_process_task (
        id {text} NOT NULL PRIMARY KEY, instance {text} NOT NULL, place {text} NOT NULL, within {text} NOT NULL,
        title {text} NOT NULL, description {text} NOT NULL, about {text}, about_row {integer},
        assigned_group {text}, assigned_user {integer}, form {text} NOT NULL, state {text} NOT NULL,
        answer {text} NOT NULL, answered_by {integer}, answered_at {integer},
        created_at {integer} NOT NULL, due_at {integer}, ends_at {integer}, UNIQUE (instance, place))",
    "CREATE TABLE IF NOT EXISTS platform_process_schedule (
        process {text} NOT NULL, times {text} NOT NULL, last_tick {integer} NOT NULL, error {text} NOT NULL,
        PRIMARY KEY (process, times))",
    "CREATE INDEX IF NOT EXISTS platform_process_task_group ON platform_process_task (assigned_group, state)",
    "CREATE INDEX IF NOT EXISTS platform_process_task_user ON platform_process_task (assigned_user, state)",
    "CREATE INDEX IF NOT EXISTS platform_process_task_within ON platform_process_task (state, within)",
    "CREATE TABLE IF NOT EXISTS platform_process_worker (
        id {text} NOT NULL PRIMARY KEY, host {text} NOT NULL, pid {integer} NOT NULL, role {text} NOT NULL,
        version {text} NOT NULL, configured {integer} NOT NULL, concurrency {integer} NOT NULL,
        running {integer} NOT NULL, stopping {integer} NOT NULL, started_at {integer} NOT NULL,
        beat_at {integer} NOT NULL, lease {integer} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS platform_process_scale (
        worker {text} NOT NULL PRIMARY KEY, concurrency {integer} NOT NULL, set_at {integer} NOT NULL,
        set_by {integer} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS platform_process_minute (
        minute {integer} NOT NULL, process {text} NOT NULL, worker {text} NOT NULL, started {integer} NOT NULL,
        completed {integer} NOT NULL, failed {integer} NOT NULL, cancelled {integer} NOT NULL,
        parked {integer} NOT NULL, steps {integer} NOT NULL, PRIMARY KEY (minute, process, worker))",
];

/// Creates the tables.
///
/// # Errors
/// The database cannot be written.
pub(crate) async fn prepare(store: &Store) -> Result<()> {
    let transaction = store.begin_alone().await?;
    let dialect = store.dialect();
    dialect.alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
    for template in TABLES {
        transaction.execute_unprepared(&dialect.own_table(template)).await.map_err(database_fault)?;
    }
    transaction.commit().await.map_err(database_fault)
}

/// The rows of these instances, if they have this fence.
fn held(held: impl IntoIterator<Item = (Uuid, i64)>) -> Condition {
    held.into_iter().fold(Condition::any(), |any, (id, fence)| {
        any.add(Expr::col("id").eq(id.to_string()).and(Expr::col("fence").eq(fence)))
    })
}

/// In which state an instance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InstanceState {
    /// Something of it runs, or it waits.
    Running,
    Completed,
    Failed,
    Cancelled,
    /// Put aside until somebody has looked at it.
    Parked,
}

named!(InstanceState {
    Running => "running",
    Completed => "completed",
    Failed => "failed",
    Cancelled => "cancelled",
    Parked => "parked",
});
