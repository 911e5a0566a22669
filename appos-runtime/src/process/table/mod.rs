//! The tables of processes: instances, their history, variables and signals. Moments are milliseconds since 1970.

mod instance;
mod load;
mod queue;
mod schema;
mod task;
mod worker;
mod write;

#[cfg(feature = "web")]
pub(crate) use instance::set_version;
pub(super) use instance::{ChangeAsked, NewInstance, ask, insert, insert_attributes, insert_key, signal};
pub(super) use load::{Taken, Taking, is_idle, next_due, take};
pub(super) use queue::{Depth, depths, tasks_open};
pub(crate) use schema::prepare;
pub(super) use schema::{TABLES, monthlies, months_of};
pub(super) use task::NewTask;
pub(crate) use task::TaskState;
pub(super) use worker::{
    ALL, Counts, Minute, WorkerRow, leave, minutes, put_worker, scale_of, scales, set_scale, this_host, workers,
};
pub(super) use write::{Batch, beat, release, write};

use super::entry::named;
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

/// What instances can be found by.
pub(super) const ATTRIBUTES: &str = "platform_process_attribute";
/// With which keys instances were started, also those that were put away.
pub(super) const KEYS: &str = "platform_process_key";

/// Where instances are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelf {
    /// Where they run, and stay for some time after their end.
    Live,
    /// Where they are only looked at.
    Archive,
}

impl Shelf {
    pub(super) const BOTH: [Self; 2] = [Self::Live, Self::Archive];

    /// The table with these rows.
    pub(super) fn of(self, table: &'static str) -> &'static str {
        match self {
            Self::Live => table,
            Self::Archive => {
                let monthly = TABLES.iter().map(|table| table.monthly).find(|monthly| monthly.table == table);
                monthly.map_or(table, |monthly| monthly.archive)
            }
        }
    }
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
