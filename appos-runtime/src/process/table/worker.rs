//! Statements over the programs that run instances: what they say of themselves, what they have done, and how many
//! instances they are to run.

use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult};

use super::{MINUTES, SCALES, WORKERS};
use crate::error::Result;
use crate::record::{Store, database_fault};

/// Stands for all workers, those to come as well.
pub(in super::super) const ALL: &str = "all";
/// Beats without a sign after which a worker counts as gone. There are three in a lease.
const MISSED_LEASES: i64 = 1;
/// For how long one that is gone is still told of, and for how long what was done in a minute is, in milliseconds.
const KEPT: i64 = 60 * 60 * 1000;
/// Rows in one statement.
const ROWS: usize = 100;

/// What a program says of itself.
#[derive(Clone, Debug)]
pub(in super::super) struct WorkerRow {
    pub(in super::super) id: String,
    pub(in super::super) host: String,
    pub(in super::super) pid: i64,
    pub(in super::super) role: String,
    pub(in super::super) version: String,
    /// How many instances it runs at the same time by its settings, and now.
    pub(in super::super) configured: i64,
    pub(in super::super) concurrency: i64,
    pub(in super::super) running: i64,
    /// It takes nothing more up, and is about to end.
    pub(in super::super) stopping: bool,
    pub(in super::super) started_at: i64,
    pub(in super::super) beat_at: i64,
    pub(in super::super) lease: i64,
}

/// The name of this machine, as programs say it.
pub(in super::super) fn this_host() -> String {
    hostname::get().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl WorkerRow {
    /// True if it was not heard of for so long that others take up what it ran.
    pub(in super::super) fn is_gone(&self, now: i64) -> bool {
        self.beat_at.saturating_add(self.lease.saturating_mul(MISSED_LEASES)) < now
    }
}

/// What was done with instances of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Counts {
    pub(in super::super) started: i64,
    pub(in super::super) completed: i64,
    pub(in super::super) failed: i64,
    pub(in super::super) cancelled: i64,
    pub(in super::super) parked: i64,
    pub(in super::super) steps: i64,
}

/// What one worker has done with instances of a process in one minute, counted from 1970.
#[derive(Clone, Debug)]
pub(in super::super) struct Minute {
    pub(in super::super) at: i64,
    pub(in super::super) process: String,
    pub(in super::super) counts: Counts,
}

const WORKER: [&str; 12] = [
    "id",
    "host",
    "pid",
    "role",
    "version",
    "configured",
    "concurrency",
    "running",
    "stopping",
    "started_at",
    "beat_at",
    "lease",
];
const COUNTS: [&str; 6] = ["started", "completed", "failed", "cancelled", "parked", "steps"];

/// Writes what a worker says, and takes away what is long over.
pub(in super::super) async fn put_worker(store: &Store, worker: &WorkerRow, minutes: &[Minute]) -> Result<()> {
    let transaction = store.begin_alone().await?;
    transaction.execute(&put(worker)).await.map_err(database_fault)?;
    put_minutes(&transaction, &worker.id, minutes).await?;
    sweep(&transaction, worker.beat_at).await?;
    transaction.commit().await.map_err(database_fault)
}

fn put(worker: &WorkerRow) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(WORKERS).columns(WORKER);
    insert.values_panic([
        Expr::value(worker.id.as_str()),
        Expr::value(worker.host.as_str()),
        Expr::value(worker.pid),
        Expr::value(worker.role.as_str()),
        Expr::value(worker.version.as_str()),
        Expr::value(worker.configured),
        Expr::value(worker.concurrency),
        Expr::value(worker.running),
        Expr::value(i64::from(worker.stopping)),
        Expr::value(worker.started_at),
        Expr::value(worker.beat_at),
        Expr::value(worker.lease),
    ]);
    let changed = ["concurrency", "running", "stopping", "beat_at"];
    insert.on_conflict(OnConflict::column("id").update_columns(changed).to_owned());
    insert
}

async fn put_minutes(transaction: &DatabaseTransaction, worker: &str, minutes: &[Minute]) -> Result<()> {
    for part in minutes.chunks(ROWS) {
        let mut insert = Query::insert();
        insert.into_table(MINUTES).columns(["minute", "process", "worker"].into_iter().chain(COUNTS));
        for Minute { at, process, counts } in part {
            let Counts { started, completed, failed, cancelled, parked, steps } = *counts;
            let counts = [started, completed, failed, cancelled, parked, steps].map(Expr::value);
            let of = [Expr::value(*at), Expr::value(process.as_str()), Expr::value(worker)];
            insert.values_panic(of.into_iter().chain(counts));
        }
        let of = OnConflict::columns(["minute", "process", "worker"]).update_columns(COUNTS).to_owned();
        insert.on_conflict(of);
        transaction.execute(&insert).await.map_err(database_fault)?;
    }
    Ok(())
}

async fn sweep(transaction: &DatabaseTransaction, now: i64) -> Result<()> {
    let over = now.saturating_sub(KEPT);
    let mut minutes = Query::delete();
    // One minute more: the first of the hour that is shown is whole.
    minutes.from_table(MINUTES).and_where(Expr::col("minute").lt(over.div_euclid(60_000).saturating_sub(1)));
    transaction.execute(&minutes).await.map_err(database_fault)?;
    let mut workers = Query::delete();
    workers.from_table(WORKERS).and_where(Expr::col("beat_at").lt(over));
    let swept = transaction.execute(&workers).await.map_err(database_fault)?;
    if swept.rows_affected() > 0 {
        let mut known = Query::select();
        known.column("id").from(WORKERS);
        let mut scales = Query::delete();
        scales.from_table(SCALES).and_where(Expr::col("worker").ne(ALL));
        scales.and_where(Expr::col("worker").not_in_subquery(known));
        transaction.execute(&scales).await.map_err(database_fault)?;
    }
    Ok(())
}

/// Takes a worker away that works no longer.
pub(in super::super) async fn leave(store: &Store, worker: &str, minutes: &[Minute]) -> Result<()> {
    let transaction = store.begin_alone().await?;
    put_minutes(&transaction, worker, minutes).await?;
    for (table, column) in [(WORKERS, "id"), (SCALES, "worker")] {
        let mut delete = Query::delete();
        delete.from_table(table).and_where(Expr::col(column).eq(worker));
        transaction.execute(&delete).await.map_err(database_fault)?;
    }
    transaction.commit().await.map_err(database_fault)
}

/// How many instances a worker is to run, if somebody has said so of it or of all.
pub(in super::super) async fn scale_of(store: &Store, worker: &str) -> Result<Option<usize>> {
    let mut select = Query::select();
    select.columns(["worker", "concurrency"]).from(SCALES).and_where(Expr::col("worker").is_in([worker, ALL]));
    let rows = store.rows(&select).await?;
    let mut asked = None;
    for row in rows {
        let of: String = row.try_get_by_index(0).map_err(database_fault)?;
        let concurrency: i64 = row.try_get_by_index(1).map_err(database_fault)?;
        // What is said of one counts more than what is said of all.
        if of == worker || asked.is_none() {
            asked = usize::try_from(concurrency).ok();
        }
    }
    Ok(asked)
}

/// Says how many instances a worker is to run, or all; `None`: as their settings say. What is said of all takes the
/// place of what was said of each.
pub(in super::super) async fn set_scale(
    store: &Store,
    worker: Option<&str>,
    concurrency: Option<i64>,
    (now, by): (i64, i64),
) -> Result<()> {
    let mut delete = Query::delete();
    delete.from_table(SCALES);
    if let Some(worker) = worker {
        delete.and_where(Expr::col("worker").eq(worker));
    }
    store.execute(&delete).await?;
    let Some(concurrency) = concurrency else { return Ok(()) };
    let mut insert = Query::insert();
    insert.into_table(SCALES).columns(["worker", "concurrency", "set_at", "set_by"]);
    insert.values_panic([
        Expr::value(worker.unwrap_or(ALL)),
        Expr::value(concurrency),
        Expr::value(now),
        Expr::value(by),
    ]);
    let changed = ["concurrency", "set_at", "set_by"];
    insert.on_conflict(OnConflict::column("worker").update_columns(changed).to_owned());
    store.execute(&insert).await
}

/// What was said of workers and of all: of whom, how many, by whom.
pub(in super::super) async fn scales(store: &Store) -> Result<Vec<(String, i64, i64)>> {
    let mut select = Query::select();
    select.columns(["worker", "concurrency", "set_by"]).from(SCALES);
    let rows = store.rows(&select).await?;
    let read = |row: &QueryResult| {
        Ok::<_, DbErr>((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
    };
    rows.iter().map(read).collect::<Result<_, _>>().map_err(database_fault)
}

/// The workers that are known, those that have begun first at the top.
pub(in super::super) async fn workers(store: &Store) -> Result<Vec<WorkerRow>> {
    let mut select = Query::select();
    select.columns(WORKER).from(WORKERS).order_by("started_at", Order::Asc).order_by("id", Order::Asc);
    let read = |row: &QueryResult| -> Result<WorkerRow, DbErr> {
        let (text, number) = (|at| row.try_get_by_index::<String>(at), |at| row.try_get_by_index::<i64>(at));
        Ok(WorkerRow {
            id: text(0)?,
            host: text(1)?,
            pid: number(2)?,
            role: text(3)?,
            version: text(4)?,
            configured: number(5)?,
            concurrency: number(6)?,
            running: number(7)?,
            stopping: number(8)? != 0,
            started_at: number(9)?,
            beat_at: number(10)?,
            lease: number(11)?,
        })
    };
    store.rows(&select).await?.iter().map(read).collect::<Result<_, _>>().map_err(database_fault)
}

/// What was done from a minute on, by all workers together.
pub(in super::super) async fn minutes(store: &Store, from: i64) -> Result<Vec<Minute>> {
    let mut select = Query::select();
    select.columns(["minute", "process"]).from(MINUTES).and_where(Expr::col("minute").gte(from));
    for column in COUNTS {
        // A sum of whole numbers is a `numeric` on PostgreSQL.
        select.expr(Expr::col(column).sum().cast_as("bigint"));
    }
    select.group_by_col("minute").group_by_col("process");
    let read = |row: &QueryResult| -> Result<Minute, DbErr> {
        let number = |at| row.try_get_by_index::<i64>(at);
        Ok(Minute {
            at: number(0)?,
            process: row.try_get_by_index(1)?,
            counts: Counts {
                started: number(2)?,
                completed: number(3)?,
                failed: number(4)?,
                cancelled: number(5)?,
                parked: number(6)?,
                steps: number(7)?,
            },
        })
    };
    store.rows(&select).await?.iter().map(read).collect::<Result<_, _>>().map_err(database_fault)
}
