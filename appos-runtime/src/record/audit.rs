//! The audit log: who changed which field of which row, from what to what, in which
//! execution. Written in the transaction of the change, and never changed itself.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::dialect::Dialect;
use super::fields::Readable;
use crate::model::{Row, record_of};
use crate::registry::ObjectDescriptor;
use crate::value::{DateTime, Value};

/// What is shown of a value that no log may hold.
const REDACTED: &str = "[redacted]";

const TABLE: &str = "platform_audit_log";

/// Statements that make the table, and what keeps it append-only.
pub(super) fn tables(dialect: Dialect) -> Vec<String> {
    let table = "CREATE TABLE IF NOT EXISTS platform_audit_log (
        id {id}, at {moment} NOT NULL, object {text} NOT NULL, row_id {integer} NOT NULL, version {integer} NOT NULL,
        action {text} NOT NULL, user_id {integer}, execution_id {text} NOT NULL, changes {text} NOT NULL)";
    let index = "CREATE INDEX IF NOT EXISTS platform_audit_log_row ON platform_audit_log (object, row_id, id)";
    let mut all = vec![dialect.own_table(table), index.to_owned()];
    all.extend(dialect.append_only(TABLE));
    all
}

const COLUMNS: [&str; 8] = ["at", "object", "row_id", "version", "action", "user_id", "execution_id", "changes"];

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Create,
    Update,
    Delete,
    Restore,
}

impl Action {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Restore => "restore",
        }
    }
}

/// What an entry can say that was done.
#[cfg(feature = "web")]
pub(crate) const ACTIONS: [&str; 4] =
    [Action::Create.as_str(), Action::Update.as_str(), Action::Delete.as_str(), Action::Restore.as_str()];

/// Who writes, and in which execution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer {
    /// A user, whom system fields can refer to.
    pub(crate) user_id: Option<i64>,
    /// The same, or an account that is in no table, as the audit log shows it.
    pub(crate) audited: Option<i64>,
    pub(crate) execution_id: Uuid,
    /// When.
    pub(crate) at: DateTime,
}

/// One change of one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditChange {
    /// Value before; `null` when the row was created.
    pub old: Json,
    /// Value after; `null` when the row was deleted.
    pub new: Json,
}

/// One write of one row, as its timeline shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditEntry {
    /// Number of the entry; later ones are larger.
    pub id: i64,
    /// When it was written (UTC).
    pub at: DateTime,
    /// `create`, `update`, `delete` or `restore`.
    pub action: String,
    /// Version of the row after the write.
    pub version: i64,
    /// Who wrote; `None`: the platform itself, or someone who was not signed in; -2: the operator, by
    /// `cargo appos user`.
    pub user: Option<i64>,
    /// The execution that wrote.
    pub execution_id: String,
    /// The fields that changed and may be read by whoever asks.
    pub changes: Map<String, Json>,
}

fn json(value: Option<&Value>, sensitive: bool) -> Json {
    match value {
        None | Some(Value::Null) => Json::Null,
        Some(_) if sensitive => Json::String(REDACTED.to_owned()),
        Some(value) => serde_json::to_value(value).unwrap_or(Json::Null),
    }
}

/// The fields that differ.
pub(super) fn changes(object: &'static ObjectDescriptor, old: Option<&Row>, new: Option<&Row>) -> Map<String, Json> {
    let mut changes = Map::new();
    for (place, field) in record_of(object).fields.iter().enumerate().filter(|(_, field)| field.is_stored()) {
        let value = |row: Option<&Row>| row.and_then(|row| row.values.get(place)).cloned();
        let (old, new) = (value(old), value(new));
        if old == new || matches!((&old, &new), (None, Some(Value::Null)) | (Some(Value::Null), None)) {
            continue;
        }
        let change = AuditChange { old: json(old.as_ref(), field.sensitive), new: json(new.as_ref(), field.sensitive) };
        changes.insert(field.name.to_owned(), serde_json::to_value(change).unwrap_or(Json::Null));
    }
    changes
}

/// Writes the entries of many rows that are new or gone, if the record keeps a log.
pub(super) async fn note_all(
    object: &'static ObjectDescriptor,
    action: Action,
    rows: &[Row],
    writer: Writer,
    connection: &DatabaseTransaction,
) -> Result<(), DbErr> {
    if !record_of(object).audit_log || rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(COLUMNS);
    for row in rows {
        let sides = if action == Action::Delete { (Some(row), None) } else { (None, Some(row)) };
        insert.values_panic(entry(object, action, sides, (row, writer), connection));
    }
    connection.execute(&insert).await.map(|_| ())
}

/// Writes the entry of a change, if the record keeps a log.
pub(super) async fn note(
    object: &'static ObjectDescriptor,
    action: Action,
    (old, new): (Option<&Row>, Option<&Row>),
    writer: Writer,
    connection: &DatabaseTransaction,
) -> Result<(), DbErr> {
    let Some(row) = new.or(old).filter(|_| record_of(object).audit_log) else { return Ok(()) };
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(COLUMNS);
    insert.values_panic(entry(object, action, (old, new), (row, writer), connection));
    connection.execute(&insert).await.map(|_| ())
}

/// The values of an entry, in the order of the columns.
fn entry(
    object: &'static ObjectDescriptor,
    action: Action,
    (old, new): (Option<&Row>, Option<&Row>),
    (row, writer): (&Row, Writer),
    connection: &DatabaseTransaction,
) -> [Expr; 8] {
    let at = if action == Action::Delete { writer.at } else { row.system.updated_at };
    [
        Expr::value(Dialect::of(connection).moment(&at)),
        Expr::value(object.reference),
        Expr::value(row.system.id),
        Expr::value(row.system.version),
        Expr::value(action.as_str()),
        Expr::value(writer.audited),
        Expr::value(writer.execution_id.to_string()),
        Expr::value(Json::Object(changes(object, old, new)).to_string()),
    ]
}

/// Entries of a row, newest first, older than `before`.
pub(super) fn timeline(
    object: &'static ObjectDescriptor,
    id: i64,
    before: Option<i64>,
) -> sea_orm::sea_query::SelectStatement {
    let mut select = Query::select();
    select
        .columns(["id", "at", "action", "version", "user_id", "execution_id", "changes"])
        .from(TABLE)
        .and_where(Expr::col("object").eq(object.reference))
        .and_where(Expr::col("row_id").eq(id))
        .order_by("id", Order::Desc);
    if let Some(before) = before {
        select.and_where(Expr::col("id").lt(before));
    }
    select
}

/// Reads an entry as far as the fields may be read.
pub(super) fn decode(
    object: &'static ObjectDescriptor,
    readable: &Readable,
    (dialect, row): (Dialect, &QueryResult),
) -> Result<AuditEntry, DbErr> {
    let changes: String = row.try_get_by_index(6)?;
    let mut changes: Map<String, Json> = serde_json::from_str(&changes).unwrap_or_default();
    // What is no field any more cannot be asked for its readers: it is not shown.
    changes.retain(|name, _| record_of(object).field(name).is_some_and(|(place, _)| readable.can_read(place)));
    Ok(AuditEntry {
        id: row.try_get_by_index(0)?,
        at: dialect.read_moment(row, 1)?,
        action: row.try_get_by_index(2)?,
        version: row.try_get_by_index(3)?,
        user: row.try_get_by_index(4)?,
        execution_id: row.try_get_by_index(5)?,
        changes,
    })
}
