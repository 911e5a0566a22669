//! The table of files: one row for each version of a document, and one for each file that is on its way in or out.
//! Moments are milliseconds since 1970.

use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde::Serialize;
use uuid::Uuid;

use crate::error::Result;
use crate::record::{SetUp, Store, database_fault};
use crate::registry::{ObjectDescriptor, Registry};
use crate::value::DateTime;

const TABLE: &str = "platform_file";

/// There is no reference to the document: its row may go without anybody telling this table, and a file on its way in
/// has none yet.
const TABLES: [&str; 3] = [
    "CREATE TABLE IF NOT EXISTS platform_file (
        id {id}, file {text} NOT NULL UNIQUE, content {text} NOT NULL, state {text} NOT NULL,
        record {text} NOT NULL, row_id {integer}, number {integer},
        name {text} NOT NULL, content_type {text} NOT NULL, size {integer} NOT NULL,
        created_at {integer} NOT NULL, created_by {integer}, alive_at {integer} NOT NULL)",
    "CREATE UNIQUE INDEX IF NOT EXISTS platform_file_version ON platform_file (record, row_id, number)",
    "CREATE INDEX IF NOT EXISTS platform_file_content ON platform_file (content)",
];

/// On its way in: nobody can see it.
const PENDING: &str = "pending";
/// A version of a document.
const KEPT: &str = "kept";
/// To be removed.
const DROPPED: &str = "dropped";

/// Rows that are looked at together.
const TOGETHER: u64 = 500;

/// A version of a document, as it is kept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// Where its bytes are.
    #[serde(skip)]
    pub(crate) content: Uuid,
    pub(crate) number: i64,
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) size: i64,
    pub(crate) created_at: Option<DateTime>,
    pub(crate) created_by: Option<i64>,
}

/// A file that is to be removed.
pub(super) struct Doomed {
    pub(super) file: String,
    pub(super) content: Uuid,
}

/// Creates the table.
///
/// # Errors
/// The database cannot be written.
pub(crate) async fn prepare(store: &Store) -> Result<()> {
    let dialect = store.dialect();
    for template in TABLES {
        let transaction = store.begin_alone().await?;
        dialect.alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
        transaction.execute_unprepared(&dialect.own_table(template)).await.map_err(database_fault)?;
        transaction.commit().await.map_err(database_fault)?;
    }
    Ok(())
}

fn now(store: &Store) -> i64 {
    store.now().timestamp_millis()
}

/// Notes a file before its first byte is written, whatever transaction is open.
pub(super) async fn begin(store: &Store, file: Uuid, record: &str, name: &str, by: Option<i64>) -> Result<()> {
    let now = now(store);
    let mut insert = Query::insert();
    insert
        .into_table(TABLE)
        .columns([
            "file",
            "content",
            "state",
            "record",
            "name",
            "content_type",
            "size",
            "created_at",
            "created_by",
            "alive_at",
        ])
        .values_panic([
            Expr::value(file.to_string()),
            Expr::value(file.to_string()),
            Expr::value(PENDING),
            Expr::value(record),
            Expr::value(name),
            Expr::value(""),
            Expr::value(0_i64),
            Expr::value(now),
            Expr::value(by),
            Expr::value(now),
        ]);
    store.execute_alone(&insert).await
}

/// A sign of life of a file that is on its way in.
pub(super) async fn beat(store: &Store, file: Uuid) -> Result<()> {
    let mut update = Query::update();
    update.table(TABLE).value("alive_at", now(store)).and_where(Expr::col("file").eq(file.to_string()));
    store.execute_alone(&update).await
}

/// Makes a file that has arrived the version of a document, in the open transaction. False: it is not there any more.
pub(super) async fn keep(store: &Store, file: Uuid, of: (&str, i64, i64), what: (&str, i64)) -> Result<bool> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", KEPT)
        .value("record", of.0)
        .value("row_id", of.1)
        .value("number", of.2)
        .value("content_type", what.0)
        .value("size", what.1)
        .and_where(Expr::col("file").eq(file.to_string()))
        .and_where(Expr::col("state").eq(PENDING));
    Ok(store.changed(&update).await? == 1)
}

/// Makes the bytes of an earlier version a newer one, too, in the open transaction.
pub(super) async fn again(store: &Store, of: (&str, i64, i64), entry: &Entry, by: Option<i64>) -> Result<()> {
    let now = now(store);
    let mut insert = Query::insert();
    insert
        .into_table(TABLE)
        .columns([
            "file",
            "content",
            "state",
            "record",
            "row_id",
            "number",
            "name",
            "content_type",
            "size",
            "created_at",
            "created_by",
            "alive_at",
        ])
        .values_panic([
            Expr::value(Uuid::now_v7().to_string()),
            Expr::value(entry.content.to_string()),
            Expr::value(KEPT),
            Expr::value(of.0),
            Expr::value(of.1),
            Expr::value(of.2),
            Expr::value(entry.name.as_str()),
            Expr::value(entry.content_type.as_str()),
            Expr::value(entry.size),
            Expr::value(now),
            Expr::value(by),
            Expr::value(now),
        ]);
    store.execute(&insert).await
}

/// Gives up versions of a document that are older than those that are kept, in the open transaction.
pub(super) async fn drop_older(store: &Store, (record, row): (&str, i64), newest_dropped: i64) -> Result<u64> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", DROPPED)
        .and_where(Expr::col("record").eq(record))
        .and_where(Expr::col("row_id").eq(row))
        .and_where(Expr::col("number").lte(newest_dropped))
        .and_where(Expr::col("state").eq(KEPT));
    store.changed(&update).await
}

/// A file that is not wanted after all.
pub(super) async fn give_up(store: &Store, file: Uuid) -> Result<()> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", DROPPED)
        .and_where(Expr::col("file").eq(file.to_string()))
        .and_where(Expr::col("state").eq(PENDING));
    store.execute_alone(&update).await
}

/// Waits until nobody else changes a row, in the open transaction. False: there is no such row.
pub(super) async fn hold(store: &Store, table: &'static str, id: i64) -> Result<bool> {
    let mut select = Query::select();
    // A lock that references to the row do not wait for.
    select.column("id").from(table).and_where(Expr::col("id").eq(id)).lock(LockType::NoKeyUpdate);
    Ok(!store.rows(&select).await?.is_empty())
}

/// How many rows of a record refer to a row.
pub(super) async fn count_of(store: &Store, table: &'static str, column: &'static str, id: i64) -> Result<u64> {
    let mut select = Query::select();
    select.expr(Expr::col("id").count()).from(table).and_where(Expr::col(column).eq(id));
    let rows = store.rows(&select).await?;
    let count: Option<i64> = rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

fn versions_of((record, row): (&str, i64)) -> SelectStatement {
    let mut select = Query::select();
    select
        .columns(["content", "number", "name", "content_type", "size", "created_at", "created_by"])
        .from(TABLE)
        .and_where(Expr::col("record").eq(record))
        .and_where(Expr::col("row_id").eq(row))
        .and_where(Expr::col("state").eq(KEPT))
        .order_by("number", Order::Desc);
    select
}

fn id_of(text: &str) -> Result<Uuid, DbErr> {
    Uuid::parse_str(text).map_err(|error| DbErr::Type(error.to_string()))
}

fn entry(row: &QueryResult) -> Result<Entry, DbErr> {
    Ok(Entry {
        content: id_of(&row.try_get_by_index::<String>(0)?)?,
        number: row.try_get_by_index(1)?,
        name: row.try_get_by_index(2)?,
        content_type: row.try_get_by_index(3)?,
        size: row.try_get_by_index(4)?,
        created_at: DateTime::from_timestamp_millis(row.try_get_by_index(5)?),
        created_by: row.try_get_by_index(6)?,
    })
}

/// Versions of a document, newest first.
pub(super) async fn versions(store: &Store, of: (&str, i64)) -> Result<Vec<Entry>> {
    let rows = store.rows(&versions_of(of)).await?;
    rows.iter().map(entry).collect::<Result<_, _>>().map_err(database_fault)
}

/// One version of a document.
pub(super) async fn version(store: &Store, of: (&str, i64), number: i64) -> Result<Option<Entry>> {
    let mut select = versions_of(of);
    select.and_where(Expr::col("number").eq(number));
    let rows = store.rows(&select).await?;
    rows.first().map(entry).transpose().map_err(database_fault)
}

/// Number of the newest version that a document has had.
pub(super) async fn newest(store: &Store, (record, row): (&str, i64)) -> Result<i64> {
    let mut select = Query::select();
    select
        .expr(Expr::col("number").max())
        .from(TABLE)
        .and_where(Expr::col("record").eq(record))
        .and_where(Expr::col("row_id").eq(row));
    let rows = store.rows(&select).await?;
    let newest: Option<Option<i64>> =
        rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)?;
    Ok(newest.flatten().unwrap_or(0))
}

/// Gives up uploads of which nothing was heard for so long.
pub(super) async fn drop_abandoned(store: &Store, after: std::time::Duration) -> Result<u64> {
    let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", DROPPED)
        .and_where(Expr::col("state").eq(PENDING))
        .and_where(Expr::col("alive_at").lt(now(store).saturating_sub(after)));
    store.changed(&update).await
}

/// Gives up the versions of documents whose rows are gone.
pub(super) async fn drop_without_document(store: &Store) -> Result<u64> {
    let mut dropped = 0;
    for (object, record) in Registry::global().records().filter(|(_, record)| record.document().is_some()) {
        let mut rows = Query::select();
        rows.expr(Expr::value(1))
            .from(record.table)
            .and_where(Expr::col((record.table, "id")).equals((TABLE, "row_id")));
        let mut update = Query::update();
        update
            .table(TABLE)
            .value("state", DROPPED)
            .and_where(Expr::col("state").eq(KEPT))
            .and_where(Expr::col("record").eq(object.reference))
            .and_where(Expr::exists(rows).not());
        dropped += store.changed(&update).await?;
    }
    Ok(dropped)
}

/// Some files that are to be removed.
pub(super) async fn doomed(store: &Store, after: Option<&str>, grace: std::time::Duration) -> Result<Vec<Doomed>> {
    let mut select = Query::select();
    select.columns(["file", "content"]).from(TABLE).and_where(Expr::col("state").eq(DROPPED));
    // What a program that is just giving it up still writes comes before.
    let grace = i64::try_from(grace.as_millis()).unwrap_or(i64::MAX);
    select.and_where(Expr::col("alive_at").lte(now(store).saturating_sub(grace)));
    if let Some(after) = after {
        select.and_where(Expr::col("file").gt(after));
    }
    select.order_by("file", Order::Asc).limit(TOGETHER);
    let rows = store.rows(&select).await?;
    let doomed = |row: &QueryResult| {
        Ok(Doomed { file: row.try_get_by_index(0)?, content: id_of(&row.try_get_by_index::<String>(1)?)? })
    };
    rows.iter().map(doomed).collect::<Result<_, DbErr>>().map_err(database_fault)
}

/// True if another row has the same bytes.
pub(super) async fn is_shared(store: &Store, doomed: &Doomed) -> Result<bool> {
    let mut select = Query::select();
    select
        .column("id")
        .from(TABLE)
        .and_where(Expr::col("content").eq(doomed.content.to_string()))
        .and_where(Expr::col("file").ne(doomed.file.as_str()))
        .limit(1);
    Ok(!store.rows(&select).await?.is_empty())
}

/// A file of which nothing is left.
pub(super) async fn forget(store: &Store, doomed: &Doomed) -> Result<()> {
    let mut delete = Query::delete();
    delete.from_table(TABLE).and_where(Expr::col("file").eq(doomed.file.as_str()));
    delete.and_where(Expr::col("state").eq(DROPPED));
    store.execute(&delete).await
}

/// Which of these files have a row.
pub(super) async fn known(store: &Store, contents: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut select = Query::select();
    select
        .distinct()
        .column("content")
        .from(TABLE)
        .and_where(Expr::col("content").is_in(contents.iter().map(Uuid::to_string)));
    let rows = store.rows(&select).await?;
    rows.iter()
        .map(|row| id_of(&row.try_get_by_index::<String>(0)?))
        .collect::<Result<_, DbErr>>()
        .map_err(database_fault)
}

/// Versions of documents, some at a time, with the document each belongs to.
pub(super) async fn all_kept(store: &Store, after: i64) -> Result<Vec<(i64, Uuid, i64, String)>> {
    let mut select = Query::select();
    select
        .columns(["id", "content", "size", "record", "row_id", "number"])
        .from(TABLE)
        .and_where(Expr::col("state").eq(KEPT))
        .and_where(Expr::col("id").gt(after))
        .order_by("id", Order::Asc)
        .limit(TOGETHER);
    let rows = store.rows(&select).await?;
    rows.iter()
        .map(|row| {
            let (record, of): (String, i64) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
            let number: i64 = row.try_get_by_index(5)?;
            let content = id_of(&row.try_get_by_index::<String>(1)?)?;
            Ok((
                row.try_get_by_index(0)?,
                content,
                row.try_get_by_index(2)?,
                format!("{record} {of}, version {number}"),
            ))
        })
        .collect::<Result<_, DbErr>>()
        .map_err(database_fault)
}

/// Documents of folders that clean up after themselves which were not changed since a moment: some of their ids.
pub(super) async fn outdated(
    store: &Store,
    (table, column): (&'static str, &'static str),
    folders: &'static str,
    before: DateTime,
) -> Result<Vec<i64>> {
    let mut of = Query::select();
    of.column("id").from(folders);
    let mut select = Query::select();
    select
        .column("id")
        .from(table)
        .and_where(Expr::col(column).in_subquery(of))
        .and_where(Expr::col("updated_at").lt(store.dialect().moment(&before)))
        .order_by("id", Order::Asc)
        .limit(TOGETHER);
    let rows = store.rows(&select).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, DbErr>>().map_err(database_fault)
}

/// Where the reference to the row that a document belongs to stands.
pub(super) fn parent_column(object: &'static ObjectDescriptor) -> &'static str {
    crate::model::record_of(object).fields.first().map_or("id", |field| field.column)
}
