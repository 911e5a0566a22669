//! How many instances there are in which state, counted by indexes: what sleeps is not looked at one by one.

use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Query};
use sea_orm::{DbErr, QueryResult};

use super::{INSTANCES, InstanceState, TASKS, TaskState};
use crate::error::Result;
use crate::record::{Store, database_fault};

/// How many instances of one process there are.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Depth {
    pub(in super::super) process: String,
    /// Those that have not ended: due, running, or waiting.
    pub(in super::super) open: i64,
    pub(in super::super) due: i64,
    /// Since when the oldest of these is due, as far as that is known.
    pub(in super::super) due_since: Option<i64>,
    pub(in super::super) running: i64,
    pub(in super::super) failed: i64,
    pub(in super::super) parked: i64,
}

/// The instances of these processes. `horizon`: by then a lease ends that is held now.
pub(in super::super) async fn depths(
    store: &Store,
    processes: &[&str],
    (now, horizon): (i64, i64),
) -> Result<Vec<Depth>> {
    let mut all: Vec<Depth> =
        processes.iter().map(|process| Depth { process: (*process).to_owned(), ..Depth::default() }).collect();
    if processes.is_empty() {
        return Ok(all);
    }
    let states = [InstanceState::Running, InstanceState::Failed, InstanceState::Parked];
    let mut select = Query::select();
    select.columns(["within", "state"]).expr(Func::count(Expr::col(Asterisk))).from(INSTANCES);
    select.and_where(Expr::col("state").is_in(states.map(InstanceState::as_str)));
    select.and_where(Expr::col("within").is_in(processes.iter().copied()));
    select.group_by_columns(["within", "state"]);
    for row in store.rows(&select).await? {
        let read = || -> Result<(String, String, i64), DbErr> {
            Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
        };
        let (process, state, count) = read().map_err(database_fault)?;
        let Some(depth) = all.iter_mut().find(|depth| depth.process == process) else { continue };
        match InstanceState::named(&state) {
            Some(InstanceState::Running) => depth.open = count,
            Some(InstanceState::Failed) => depth.failed = count,
            Some(InstanceState::Parked) => depth.parked = count,
            _ => {}
        }
    }
    for (process, count, since) in due(store, processes, now).await? {
        if let Some(depth) = all.iter_mut().find(|depth| depth.process == process) {
            (depth.due, depth.due_since) = (count, since);
        }
    }
    for (process, count) in running(store, processes, (now, horizon)).await? {
        if let Some(depth) = all.iter_mut().find(|depth| depth.process == process) {
            depth.running = count;
        }
    }
    Ok(all)
}

/// Those that are due: as many as wait for a worker, whatever sleeps beside them.
async fn due(store: &Store, processes: &[&str], now: i64) -> Result<Vec<(String, i64, Option<i64>)>> {
    // What was told something is due at once, and does not say since when.
    let since = Expr::case(Expr::col("due_at").gt(0_i64), Expr::col("due_at"))
        .case(Expr::col("fence").eq(0_i64), Expr::col("started_at"))
        .finally(Expr::value(None::<i64>));
    let mut select = Query::select();
    select.column("within").expr(Func::count(Expr::col(Asterisk))).expr(Func::min(since)).from(INSTANCES);
    select.and_where(Expr::col("due_at").lte(now)).and_where(Expr::col("within").is_in(processes.iter().copied()));
    select.group_by_col("within");
    let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?));
    store.rows(&select).await?.iter().map(read).collect::<Result<_, DbErr>>().map_err(database_fault)
}

/// Those that run: due when the lease of their worker ends.
async fn running(store: &Store, processes: &[&str], (now, horizon): (i64, i64)) -> Result<Vec<(String, i64)>> {
    let mut select = Query::select();
    select.column("within").expr(Func::count(Expr::col(Asterisk))).from(INSTANCES);
    select.and_where(Expr::col("due_at").gt(now)).and_where(Expr::col("due_at").lte(horizon));
    select.and_where(Expr::col("worker").is_not_null());
    select.and_where(Expr::col("within").is_in(processes.iter().copied())).group_by_col("within");
    let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    store.rows(&select).await?.iter().map(read).collect::<Result<_, DbErr>>().map_err(database_fault)
}

/// How many questions to people are open, by process.
pub(in super::super) async fn tasks_open(store: &Store, processes: &[&str]) -> Result<Vec<(String, i64)>> {
    if processes.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select.column("within").expr(Func::count(Expr::col(Asterisk))).from(TASKS);
    select.and_where(Expr::col("state").eq(TaskState::Open.as_str()));
    select.and_where(Expr::col("within").is_in(processes.iter().copied())).group_by_col("within");
    let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    store.rows(&select).await?.iter().map(read).collect::<Result<_, DbErr>>().map_err(database_fault)
}
