//! The table of what was counted: a row for each object, length of bucket and bucket. Programs add to each other's rows.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult};

use super::histogram;
use super::window::{WINDOWS, Window};
use crate::engine::Counts;
use crate::error::Result;
use crate::record::{SetUp, Store, database_fault, platform_rows};

const TABLE: &str = "platform_metric";
const COLUMNS: [&str; 8] = ["step", "at", "object", "calls", "errors", "denied", "total_ns", "latency"];
/// Rows in one statement.
const ROWS: usize = 100;

/// What was counted of an object in a bucket.
pub(super) struct Bucket {
    pub(super) at: i64,
    pub(super) object: String,
    pub(super) counts: Counts,
}

/// Creates the table.
///
/// # Errors
/// The database cannot be written.
pub(crate) async fn prepare(store: &Store) -> Result<()> {
    let template = "CREATE TABLE IF NOT EXISTS platform_metric (
        step {integer} NOT NULL, at {integer} NOT NULL, object {text} NOT NULL, calls {integer} NOT NULL,
        errors {integer} NOT NULL, denied {integer} NOT NULL, total_ns {integer} NOT NULL, latency {text} NOT NULL,
        PRIMARY KEY (step, at, object))";
    let transaction = store.begin_alone().await?;
    store.dialect().alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
    transaction.execute_unprepared(&store.dialect().own_table(template)).await.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)
}

/// Adds what was counted to the buckets of this moment, all of it or nothing, and removes those that nobody looks at
/// any more.
///
/// # Errors
/// The database cannot be written.
pub(super) async fn add(store: &Store, now: i64, counted: &[(&str, Counts)]) -> Result<()> {
    let transaction = store.begin_alone().await?;
    // Texts of buckets are added here, not by the database: of two programs one waits.
    store.dialect().alone(SetUp::Metrics, &transaction).await.map_err(database_fault)?;
    for window in WINDOWS {
        let at = window.bucket(now);
        let before = present(&transaction, window, at).await?;
        if before.is_empty() {
            let mut outdated = Query::delete();
            outdated.from_table(TABLE).and_where(Expr::col("step").eq(window.step));
            outdated.and_where(Expr::col("at").lt(window.first(now)));
            transaction.execute(&outdated).await.map_err(database_fault)?;
        }
        for part in counted.chunks(ROWS) {
            put(&transaction, (window, at), part, &before).await?;
        }
    }
    transaction.commit().await.map_err(database_fault)
}

/// What others have written of a bucket already, by object.
async fn present(transaction: &DatabaseTransaction, window: Window, at: i64) -> Result<HashMap<String, Counts>> {
    let mut select = Query::select();
    select.columns(COLUMNS).from(TABLE);
    select.and_where(Expr::col("step").eq(window.step)).and_where(Expr::col("at").eq(at));
    let rows = platform_rows(transaction, &select).await?;
    rows.iter()
        .map(|row| bucket(row).map(|bucket| (bucket.object, bucket.counts)))
        .collect::<Result<_, DbErr>>()
        .map_err(database_fault)
}

async fn put(
    transaction: &DatabaseTransaction,
    (window, at): (Window, i64),
    counted: &[(&str, Counts)],
    before: &HashMap<String, Counts>,
) -> Result<()> {
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(COLUMNS);
    for (object, counts) in counted {
        let mut sum = counts.clone();
        if let Some(before) = before.get(*object) {
            sum.add(before);
        }
        insert.values_panic([
            Expr::value(window.step),
            Expr::value(at),
            Expr::value(*object),
            Expr::value(stored(sum.calls)),
            Expr::value(stored(sum.errors)),
            Expr::value(stored(sum.denied)),
            Expr::value(stored(sum.total_ns)),
            Expr::value(histogram::text(&sum.latency)),
        ]);
    }
    let counts = ["calls", "errors", "denied", "total_ns", "latency"];
    insert.on_conflict(OnConflict::columns(["step", "at", "object"]).update_columns(counts).to_owned());
    transaction.execute(&insert).await.map(drop).map_err(database_fault)
}

/// What was counted in a window, the oldest first; of one object, if one is named.
///
/// # Errors
/// The database cannot be read.
pub(super) async fn read(store: &Store, window: Window, now: i64, object: Option<&str>) -> Result<Vec<Bucket>> {
    let mut select = Query::select();
    select.columns(COLUMNS).from(TABLE).and_where(Expr::col("step").eq(window.step));
    select.and_where(Expr::col("at").gte(window.first(now)));
    if let Some(object) = object {
        select.and_where(Expr::col("object").eq(object));
    }
    select.order_by("at", sea_orm::sea_query::Order::Asc);
    let rows = store.rows(&select).await?;
    rows.iter().map(bucket).collect::<Result<_, DbErr>>().map_err(database_fault)
}

fn bucket(row: &QueryResult) -> Result<Bucket, DbErr> {
    let count = |column: usize| row.try_get_by_index::<i64>(column).map(|count| u64::try_from(count).unwrap_or(0));
    let latency: String = row.try_get_by_index(7)?;
    let counts = Counts {
        calls: count(3)?,
        errors: count(4)?,
        denied: count(5)?,
        total_ns: count(6)?,
        latency: histogram::read(&latency),
    };
    Ok(Bucket { at: row.try_get_by_index(1)?, object: row.try_get_by_index(2)?, counts })
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
