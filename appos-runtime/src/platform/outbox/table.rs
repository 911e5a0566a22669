//! Rows of the outbox. Moments are milliseconds since 1970.

use std::sync::Arc;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Order, Query, SelectStatement, UpdateStatement};
use sea_orm::{DbErr, QueryResult};
use serde::Serialize;
use uuid::Uuid;

use crate::error::{AppOsError, Result};
use crate::journal::TraceContext;
use crate::record::{Store, database_fault, platform_rows};
use crate::value::DateTime;

/// Statements that make the table. There is no reference to the user: the public account and
/// the platform itself are in no table, and what a user has caused outlives the user's row, if
/// only to be refused.
pub(in crate::platform) const TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS platform_outbox (
        id {id}, delivery {text} NOT NULL UNIQUE,
        object {text} NOT NULL, arguments {text} NOT NULL, language {text} NOT NULL,
        user_id {integer} NOT NULL, root_id {text} NOT NULL, parent_id {text} NOT NULL,
        enqueued_at {integer} NOT NULL, due_at {integer} NOT NULL, attempts {integer} NOT NULL,
        parked_at {integer}, error {text}, trace {text})",
    "CREATE INDEX IF NOT EXISTS platform_outbox_due ON platform_outbox (due_at, id) WHERE parked_at IS NULL",
];

const TABLE: &str = "platform_outbox";

/// A column that tables of earlier programs lack.
pub(in crate::platform) const ADDED: (&str, &str, &str) = (TABLE, "trace", "{text}");

/// Parked deliveries shown at once.
const MOST_SHOWN: u64 = 1000;

/// A call that waits, as it is written.
pub(super) struct Entry<'a> {
    pub(super) delivery: Uuid,
    pub(super) object: &'a str,
    /// Sealed.
    pub(super) arguments: &'a str,
    pub(super) language: &'a str,
    pub(super) user_id: i64,
    pub(super) root_id: Uuid,
    pub(super) parent_id: Uuid,
    /// The trace of a caller outside.
    pub(super) trace: Option<String>,
}

/// A call that was taken to be made.
pub(super) struct Taken {
    pub(super) row: i64,
    pub(super) delivery: Uuid,
    pub(super) object: String,
    /// Sealed: one that cannot be opened must not keep the others.
    pub(super) arguments: String,
    pub(super) language: String,
    pub(super) user_id: i64,
    pub(super) root_id: Uuid,
    pub(super) parent_id: Uuid,
    pub(super) trace: Option<Arc<TraceContext>>,
    /// Number of this attempt, from 1.
    pub(super) attempt: u32,
}

/// A delivery that was put aside, as an administrator sees it. Its arguments are not shown: what
/// they hold was meant for the object alone.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ParkedDelivery {
    /// By which it is tried again or given up.
    id: Uuid,
    object: String,
    /// Who caused it; 0: nobody signed in, -1: the platform.
    user: i64,
    /// The execution that enqueued it.
    parent_id: Uuid,
    attempts: i64,
    /// How the last attempt ended.
    error: Option<String>,
    enqueued_at: Option<DateTime>,
    parked_at: Option<DateTime>,
}

pub(super) fn now(store: &Store) -> i64 {
    store.now().timestamp_millis()
}

/// How much there is to deliver.
#[cfg(feature = "web")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct OutboxDepth {
    /// Calls that wait, also for another attempt later.
    pub(crate) waiting: i64,
    /// For how many seconds the oldest call waits that could be made at once.
    pub(crate) oldest_due_s: Option<i64>,
    /// Calls that were put aside.
    pub(crate) parked: i64,
}

/// How much there is to deliver.
#[cfg(feature = "web")]
pub(crate) async fn depth(store: &Store) -> Result<OutboxDepth> {
    use sea_orm::sea_query::{Asterisk, Func};
    let is_parked = |parked: bool| {
        let at = Expr::col("parked_at");
        let mut select = Query::select();
        select.expr(Func::count(Expr::col(Asterisk))).expr(Func::min(Expr::col("due_at"))).from(TABLE);
        select.and_where(if parked { at.is_not_null() } else { at.is_null() });
        select
    };
    let read = |rows: Vec<QueryResult>| -> Result<(i64, Option<i64>), DbErr> {
        let Some(row) = rows.first() else { return Ok((0, None)) };
        Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
    };
    let (waiting, due) = read(store.rows(&is_parked(false)).await?).map_err(database_fault)?;
    let (parked, _) = read(store.rows(&is_parked(true)).await?).map_err(database_fault)?;
    let late = due.map(|due| now(store).saturating_sub(due));
    Ok(OutboxDepth { waiting, oldest_due_s: late.filter(|late| *late >= 0).map(|late| late / 1000), parked })
}

/// Adds a call, in the open transaction, if there is one.
pub(super) async fn add(store: &Store, entry: &Entry<'_>) -> Result<()> {
    let now = now(store);
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns([
        "delivery",
        "object",
        "arguments",
        "language",
        "user_id",
        "root_id",
        "parent_id",
        "enqueued_at",
        "due_at",
        "attempts",
        "trace",
    ]);
    insert.values_panic([
        Expr::value(entry.delivery.to_string()),
        Expr::value(entry.object),
        Expr::value(entry.arguments),
        Expr::value(entry.language),
        Expr::value(entry.user_id),
        Expr::value(entry.root_id.to_string()),
        Expr::value(entry.parent_id.to_string()),
        Expr::value(now),
        Expr::value(now),
        Expr::value(0_i64),
        Expr::value(entry.trace.clone()),
    ]);
    store.enqueue(&insert).await
}

fn waiting() -> SelectStatement {
    let mut select = Query::select();
    select.from(TABLE).and_where(Expr::col("parked_at").is_null());
    select
}

fn id_of(text: &str) -> Result<Uuid, DbErr> {
    Uuid::parse_str(text).map_err(|error| DbErr::Type(error.to_string()))
}

fn taken(row: &QueryResult) -> Result<Taken, DbErr> {
    let text = |place| row.try_get_by_index::<String>(place);
    let attempts: i64 = row.try_get_by_index(8)?;
    let trace: Option<String> = row.try_get_by_index(9)?;
    Ok(Taken {
        row: row.try_get_by_index(0)?,
        delivery: id_of(&text(1)?)?,
        object: text(2)?,
        arguments: text(3)?,
        language: text(4)?,
        user_id: row.try_get_by_index(5)?,
        root_id: id_of(&text(6)?)?,
        parent_id: id_of(&text(7)?)?,
        trace: trace.as_deref().and_then(TraceContext::of_kept).map(Arc::new),
        attempt: u32::try_from(attempts.saturating_add(1)).unwrap_or(u32::MAX),
    })
}

/// Takes calls that are due, in the order in which they became so. They are this program's for
/// `lease` milliseconds; one that has not told of an end by then counts as dead.
pub(super) async fn take(store: &Store, most: usize, lease: i64, max_attempts: u32) -> Result<Vec<Taken>> {
    let transaction = store.begin_alone().await?;
    let now = now(store);
    let mut select = waiting();
    select
        .columns(["id", "delivery", "object", "arguments", "language", "user_id", "root_id", "parent_id", "attempts"])
        .column("trace")
        .and_where(Expr::col("due_at").lte(now))
        .order_by("due_at", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(u64::try_from(most).unwrap_or(1))
        // Other programs take others. SQLite has one writer, and no such lock.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let rows = platform_rows(&transaction, &select).await?;
    let rows = rows.iter().map(taken).collect::<Result<Vec<_>, _>>().map_err(database_fault)?;
    // Attempts that nobody counted the end of: the program died in each, perhaps of the call.
    let (worn_out, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.attempt > max_attempts);
    if !worn_out.is_empty() {
        let mut park = update(worn_out.iter().map(|row| row.row));
        park.value("parked_at", now).value("error", "the program ended during the last attempt");
        transaction.execute(&park).await.map_err(database_fault)?;
    }
    if !rows.is_empty() {
        let mut take = update(rows.iter().map(|row| row.row));
        take.value("due_at", now.saturating_add(lease)).value("attempts", Expr::col("attempts").add(1_i64));
        transaction.execute(&take).await.map_err(database_fault)?;
    }
    transaction.commit().await.map_err(database_fault)?;
    Ok(rows)
}

fn update(rows: impl IntoIterator<Item = i64>) -> UpdateStatement {
    let mut update = Query::update();
    update.table(TABLE).and_where(Expr::col("id").is_in(rows));
    update
}

/// When the next call is due; `None`: none waits, and none is being made.
pub(super) async fn next_due(store: &Store) -> Result<Option<i64>> {
    let mut select = waiting();
    select.expr(Expr::col("due_at").min());
    let rows = store.rows(&select).await?;
    let due = rows.first().map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose().map_err(database_fault)?;
    Ok(due.flatten())
}

/// Removes a call that was made.
pub(super) async fn done(store: &Store, taken: &Taken) -> Result<()> {
    let mut delete = Query::delete();
    delete.from_table(TABLE).and_where(Expr::col("id").eq(taken.row));
    store.execute(&delete).await
}

/// What becomes of a call whose attempt failed.
pub(super) enum Next {
    /// It is made again at this moment.
    Due(i64),
    /// The attempt does not count: it was ended with its program.
    NotCounted,
    Parked,
}

/// Notes the failure of an attempt, unless another program has begun the next one meanwhile.
pub(super) async fn failed(store: &Store, taken: &Taken, next: &Next, error: &str) -> Result<()> {
    let attempts = i64::from(taken.attempt);
    let mut note = update([taken.row]);
    note.and_where(Expr::col("attempts").eq(attempts)).value("error", error);
    match next {
        Next::Due(due) => note.value("due_at", *due),
        Next::NotCounted => note.value("due_at", now(store)).value("attempts", attempts.saturating_sub(1)),
        Next::Parked => note.value("parked_at", now(store)),
    };
    store.execute(&note).await
}

/// Deliveries that were put aside, oldest first.
pub(super) async fn parked(store: &Store) -> Result<Vec<ParkedDelivery>> {
    let mut select = Query::select();
    select
        .columns(["delivery", "object", "user_id", "parent_id", "attempts", "error", "enqueued_at", "parked_at"])
        .from(TABLE)
        .and_where(Expr::col("parked_at").is_not_null())
        .order_by("id", Order::Asc)
        .limit(MOST_SHOWN);
    let moment = |millis: Option<i64>| millis.and_then(DateTime::from_timestamp_millis);
    let rows = store.rows(&select).await?;
    rows.iter()
        .map(|row| {
            Ok(ParkedDelivery {
                id: id_of(&row.try_get_by_index::<String>(0)?)?,
                object: row.try_get_by_index(1)?,
                user: row.try_get_by_index(2)?,
                parent_id: id_of(&row.try_get_by_index::<String>(3)?)?,
                attempts: row.try_get_by_index(4)?,
                error: row.try_get_by_index(5)?,
                enqueued_at: moment(row.try_get_by_index(6)?),
                parked_at: moment(row.try_get_by_index(7)?),
            })
        })
        .collect::<Result<_, DbErr>>()
        .map_err(database_fault)
}

/// Gives a parked delivery all its attempts again.
///
/// # Errors
/// No such delivery is parked.
pub(super) async fn revive(store: &Store, delivery: Uuid) -> Result<()> {
    is_parked(store, delivery).await?;
    let mut update = Query::update();
    update.table(TABLE).value("parked_at", None::<i64>).value("attempts", 0_i64).value("due_at", now(store));
    update.and_where(Expr::col("delivery").eq(delivery.to_string())).and_where(Expr::col("parked_at").is_not_null());
    store.enqueue(&update).await
}

/// Removes a parked delivery.
///
/// # Errors
/// No such delivery is parked.
pub(super) async fn discard(store: &Store, delivery: Uuid) -> Result<()> {
    is_parked(store, delivery).await?;
    let mut delete = Query::delete();
    delete.from_table(TABLE).and_where(Expr::col("delivery").eq(delivery.to_string()));
    delete.and_where(Expr::col("parked_at").is_not_null());
    store.execute(&delete).await
}

async fn is_parked(store: &Store, delivery: Uuid) -> Result<()> {
    let mut select = Query::select();
    select.column("id").from(TABLE).and_where(Expr::col("delivery").eq(delivery.to_string()));
    select.and_where(Expr::col("parked_at").is_not_null());
    if store.rows(&select).await?.is_empty() {
        let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        return Err(wrong.field("id", "not_parked", "is no parked delivery"));
    }
    Ok(())
}
