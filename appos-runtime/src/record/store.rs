//! Rows in and out of the database, without any question of who is asking: only the service
//! beside it, which is dispatch, can reach it.

use std::future::Future;
use std::pin::Pin;
use std::time::Instant;

use chrono::{SubsecRound, Utc};
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, QueryResult, SqliteTransactionMode,
    StatementBuilder, TransactionOptions, TransactionTrait,
};

use super::audit::{self, Action, AuditEntry, Writer};
use super::connect::{Connections, connect};
use super::convert::{from_column, moment_text, parse_moment, to_column};
use super::fault::{database_fault, write_fault};
use super::fields::Readable;
use super::select::{after, all_columns, filter, order, total_order};
use super::transaction::{Writing, joined};
use super::{cursor, schema};
use crate::config::DatabaseConfig;
use crate::error::{AppOsError, FieldError, Result};
use crate::model::{Row, Selection, SystemValues, record_of};
use crate::registry::{ObjectDescriptor, Registry, SystemField};
use crate::state::QueryCount;
use crate::value::{FieldType, Value};

/// What a layer above asks of every write. The service itself knows no record by name.
pub(crate) trait WriteGuard: Send + Sync {
    /// Checks values that are about to be written, beyond their types and validations.
    fn before(&self, object: &'static ObjectDescriptor, values: &[Option<Value>]) -> Result<()>;

    /// True if decisions about access depend on rows of this record. Only then is the guard
    /// asked about changes, too.
    fn decides_access(&self, object: &'static ObjectDescriptor) -> bool;

    /// Looks at a change of a row inside its transaction, before it; what is answered comes
    /// back in [`after_change`](Self::after_change).
    fn before_change<'a>(
        &'a self,
        object: &'static ObjectDescriptor,
        id: i64,
        change: Change<'a>,
        transaction: &'a DatabaseTransaction,
    ) -> Guarding<'a, Held>;

    /// Looks at what a change has made of the data; an error undoes it.
    fn after_change<'a>(&'a self, before: Held, transaction: &'a DatabaseTransaction) -> Guarding<'a, ()>;
}

/// A change of a row that exists.
#[derive(Clone, Copy)]
pub(crate) enum Change<'a> {
    /// These values replace those that the row has.
    Update(&'a [Option<Value>]),
    /// The row goes, with what belongs to it.
    Delete,
}

/// What the guard's layer promises, and whether it held before a change.
#[derive(Clone, Copy)]
pub(crate) struct Held(pub(crate) bool);

/// A future of a guard.
pub(crate) type Guarding<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// The database of a platform.
pub struct Store {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    guard: Box<dyn WriteGuard>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// One page of rows.
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
}

/// Which version of a row a writer read.
pub(super) type Expected = Option<i64>;

impl Store {
    /// Opens the database and makes its tables fit the records of this program.
    ///
    /// # Errors
    /// The database cannot be opened, or a table does not fit its record.
    pub(crate) async fn open(settings: &DatabaseConfig, guard: impl WriteGuard + 'static) -> Result<Self> {
        let Connections { readers, writer } = connect(settings).await?;
        schema::prepare(Registry::global(), &writer).await?;
        Ok(Self { readers, writer, guard: Box::new(guard) })
    }

    /// What the layer above asks of writes.
    pub(super) fn guard(&self) -> &dyn WriteGuard {
        &*self.guard
    }

    /// Closes the connections after the statements that run.
    pub async fn close(&self) {
        for connection in [self.readers.clone(), self.writer.clone()] {
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "a database connection did not close cleanly");
            }
        }
    }

    /// For statements on the platform's own tables, outside any record.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// The connection that writes, for the platform's own tables.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Runs a statement on the platform's own tables that writes: in the open transaction, if
    /// there is one.
    pub(crate) async fn execute<S: StatementBuilder>(&self, statement: &S) -> Result<()> {
        let done = match joined().await? {
            Some(open) => open.connection().ok_or_else(ended)?.execute(statement).await,
            None => self.writer.execute(statement).await,
        };
        done.map(drop).map_err(database_fault)
    }

    async fn read(&self, count: &QueryCount, select: &SelectStatement, limit: Option<u64>) -> Result<Vec<QueryResult>> {
        let mut statement = self.readers.get_database_backend().build(select);
        if let Some(limit) = limit {
            // Not as a parameter: SQLite plans by its value, and would prepare the statement
            // anew at every use.
            statement.sql.push_str(&format!(" LIMIT {limit}"));
        }
        let started = Instant::now();
        let rows = match joined().await? {
            Some(open) => open.connection().ok_or_else(ended)?.query_all_raw(statement).await,
            None => self.readers.query_all_raw(statement).await,
        };
        count.add(started.elapsed());
        rows.map_err(database_fault)
    }

    /// The only row that there can be. Unlike [`read`](Self::read) it waits for the row alone,
    /// not for the statement's end.
    async fn read_one(&self, count: &QueryCount, select: &SelectStatement) -> Result<Option<QueryResult>> {
        let started = Instant::now();
        let row = match joined().await? {
            Some(open) => open.connection().ok_or_else(ended)?.query_one(select).await,
            None => self.readers.query_one(select).await,
        };
        count.add(started.elapsed());
        row.map_err(database_fault)
    }

    pub(super) async fn get(&self, object: &'static ObjectDescriptor, id: i64, count: &QueryCount) -> Result<Row> {
        let mut select = all_columns(object);
        select.and_where(Expr::col("id").eq(id));
        let row = self.read_one(count, &select).await?.ok_or_else(|| not_found(object))?;
        decode(object, &row).map_err(database_fault)
    }

    pub(super) async fn list(
        &self,
        object: &'static ObjectDescriptor,
        selection: &Selection,
        count: &QueryCount,
    ) -> Result<Rows> {
        let sorts = total_order(selection);
        let mut select = all_columns(object);
        filter(object, &mut select, selection)?;
        order(object, &mut select, &sorts);
        if let Some(cursor) = &selection.cursor {
            after(object, &mut select, &sorts, cursor::read(object, selection, &sorts, cursor)?)?;
        }
        // One row more tells whether there is a next page; SQLite counts as far as an `i64`.
        let limit = selection.limit.map(|limit| std::cmp::min(limit.saturating_add(1), u64::MAX >> 1));
        let found = self.read(count, &select, limit).await?;
        let mut rows =
            found.iter().map(|row| decode(object, row)).collect::<Result<Vec<_>, _>>().map_err(database_fault)?;
        let limit = selection.limit.and_then(|limit| usize::try_from(limit).ok());
        let more = limit.is_some_and(|limit| rows.len() > limit);
        rows.truncate(limit.unwrap_or(usize::MAX));
        let next = rows.last().filter(|_| more).map(|last| cursor::after(object, selection, &sorts, last));
        Ok(Rows { rows, next })
    }

    /// Entries of a row's audit log, newest first.
    pub(super) async fn timeline(
        &self,
        object: &'static ObjectDescriptor,
        (id, before, limit): (i64, Option<i64>, u64),
        readable: &Readable,
        count: &QueryCount,
    ) -> Result<Vec<AuditEntry>> {
        let rows = self.read(count, &audit::timeline(object, id, before), Some(limit)).await?;
        rows.iter().map(|row| audit::decode(object, readable, row)).collect::<Result<_, _>>().map_err(database_fault)
    }

    pub(super) async fn count(
        &self,
        object: &'static ObjectDescriptor,
        selection: &Selection,
        count: &QueryCount,
    ) -> Result<u64> {
        let mut select = Query::select();
        select.expr(Func::count(Expr::col(Asterisk))).from(record_of(object).table);
        filter(object, &mut select, selection)?;
        let rows = self.read(count, &select, None).await?;
        let number: Option<i64> =
            rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)?;
        Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
    }

    /// Begins a write, as part of the open transaction if there is one.
    async fn begin(&self) -> Result<Writing> {
        Writing::begin(self).await
    }

    /// Begins a transaction: at once the only writer, so that it cannot fail half-way for
    /// another.
    pub(super) async fn begin_alone(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await.map_err(database_fault)
    }

    pub(super) async fn create(
        &self,
        object: &'static ObjectDescriptor,
        values: Vec<Option<Value>>,
        writer: Writer,
        count: &QueryCount,
    ) -> Result<Row> {
        let record = record_of(object);
        let now = Utc::now().trunc_subsecs(6);
        let transaction = self.begin().await?;
        check_references(object, &values, &*transaction, count).await?;
        let mut columns = vec!["created_at", "created_by", "updated_at", "updated_by", "version"];
        let moment = moment_text(&now);
        let mut parameters: Vec<Expr> = vec![
            Expr::value(moment.clone()),
            Expr::value(writer.user_id),
            Expr::value(moment),
            Expr::value(writer.user_id),
            Expr::value(1_i64),
        ];
        let mut row = Vec::with_capacity(record.fields.len());
        for (field, value) in record.fields.iter().zip(values) {
            let value = value.unwrap_or(Value::Null);
            if field.is_stored() {
                columns.push(field.column);
                parameters
                    .push(Expr::value(to_column(&field.field_type, value.clone()).ok_or_else(|| misfit(field.name))?));
            }
            row.push(value);
        }
        let mut insert = Query::insert();
        insert.into_table(record.table).columns(columns);
        insert.values(parameters).map_err(|error| AppOsError::execution("the statement is wrong").caused_by(error))?;
        insert.returning_col("id");
        let written = timed(count, transaction.query_one(&insert)).await.map_err(|error| write_fault(record, error))?;
        let id: i64 = match written {
            Some(written) => written.try_get_by_index(0).map_err(database_fault)?,
            None => return Err(AppOsError::execution("the database gave the new row no id")),
        };
        let by = writer.user_id;
        let system = SystemValues { id, created_at: now, created_by: by, updated_at: now, updated_by: by, version: 1 };
        let row = Row::new(system, row);
        timed(count, audit::note(object, Action::Create, (None, Some(&row)), writer, &transaction))
            .await
            .map_err(database_fault)?;
        timed(count, transaction.commit()).await.map_err(|error| write_fault(record, error))?;
        Ok(row)
    }

    pub(super) async fn update(
        &self,
        object: &'static ObjectDescriptor,
        (id, expected): (i64, Expected),
        values: Vec<Option<Value>>,
        writer: Writer,
        count: &QueryCount,
    ) -> Result<Row> {
        let record = record_of(object);
        let transaction = self.begin().await?;
        check_references(object, &values, &*transaction, count).await?;
        let before = before(object, id, &*transaction, count).await?;
        let held = self.before_change(object, id, Change::Update(&values), &transaction).await?;
        let mut update = Query::update();
        update.table(record.table);
        update.value("updated_at", moment_text(&Utc::now()));
        update.value("updated_by", writer.user_id);
        update.value("version", Expr::col("version").add(1));
        for (field, value) in record.fields.iter().zip(values) {
            if let Some(value) = value {
                update.value(field.column, to_column(&field.field_type, value).ok_or_else(|| misfit(field.name))?);
            }
        }
        update.and_where(Expr::col("id").eq(id));
        if let Some(version) = expected {
            update.and_where(Expr::col("version").eq(version));
        }
        let stored = record.fields.iter().filter(|field| field.is_stored()).map(|field| field.column);
        update.returning(Query::returning().columns(SystemField::ALL.map(SystemField::name).into_iter().chain(stored)));
        let written = timed(count, transaction.query_one(&update)).await.map_err(|error| write_fault(record, error))?;
        let Some(written) = written else {
            return Err(missed(object, id, &*transaction, count).await);
        };
        let row = decode(object, &written).map_err(database_fault)?;
        timed(count, audit::note(object, Action::Update, (before.as_ref(), Some(&row)), writer, &transaction))
            .await
            .map_err(database_fault)?;
        self.after_change(held, &transaction).await?;
        timed(count, transaction.commit()).await.map_err(|error| write_fault(record, error))?;
        Ok(row)
    }

    pub(super) async fn delete(
        &self,
        object: &'static ObjectDescriptor,
        (id, expected): (i64, Expected),
        writer: Writer,
        count: &QueryCount,
    ) -> Result<()> {
        let record = record_of(object);
        let transaction = self.begin().await?;
        let before = before(object, id, &*transaction, count).await?;
        let held = self.before_change(object, id, Change::Delete, &transaction).await?;
        let mut delete = Query::delete();
        delete.from_table(record.table).and_where(Expr::col("id").eq(id));
        if let Some(version) = expected {
            delete.and_where(Expr::col("version").eq(version));
        }
        let done = timed(count, transaction.execute(&delete)).await.map_err(|error| write_fault(record, error))?;
        if done.rows_affected() == 0 {
            return Err(missed(object, id, &*transaction, count).await);
        }
        timed(count, audit::note(object, Action::Delete, (before.as_ref(), None), writer, &transaction))
            .await
            .map_err(database_fault)?;
        self.after_change(held, &transaction).await?;
        timed(count, transaction.commit()).await.map_err(|error| write_fault(record, error))
    }

    /// `None`: the record is none of the guard's business.
    async fn before_change(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        change: Change<'_>,
        transaction: &DatabaseTransaction,
    ) -> Result<Option<Held>> {
        if !self.guard.decides_access(object) {
            return Ok(None);
        }
        self.guard.before_change(object, id, change, transaction).await.map(Some)
    }

    async fn after_change(&self, held: Option<Held>, transaction: &DatabaseTransaction) -> Result<()> {
        match held {
            Some(held) => self.guard.after_change(held, transaction).await,
            None => Ok(()),
        }
    }
}

fn ended() -> AppOsError {
    AppOsError::execution("the transaction of this call has ended")
}

async fn timed<T>(count: &QueryCount, statement: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let answer = statement.await;
    count.add(started.elapsed());
    answer
}

fn misfit(field: &str) -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
        field,
        "out_of_range",
        "does not fit its column",
    )
}

pub(super) fn not_found(object: &ObjectDescriptor) -> AppOsError {
    AppOsError::dispatch(format!("there is no such row of {}", object.reference)).code_is("record_not_found")
}

async fn exists(
    object: &'static ObjectDescriptor,
    id: i64,
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> Result<bool> {
    let mut select = Query::select();
    select.expr(Expr::value(1)).from(record_of(object).table).and_where(Expr::col("id").eq(id));
    Ok(timed(count, connection.query_one(&select)).await.map_err(database_fault)?.is_some())
}

/// The row before a write, for a record that keeps an audit log.
async fn before(
    object: &'static ObjectDescriptor,
    id: i64,
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> Result<Option<Row>> {
    if !record_of(object).audit_log {
        return Ok(None);
    }
    let mut select = all_columns(object);
    select.and_where(Expr::col("id").eq(id));
    let found = timed(count, connection.query_one(&select)).await.map_err(database_fault)?;
    found.map(|row| decode(object, &row)).transpose().map_err(database_fault)
}

/// Why a write found no row.
async fn missed(
    object: &'static ObjectDescriptor,
    id: i64,
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> AppOsError {
    match exists(object, id, connection, count).await {
        Ok(true) => AppOsError::validation("the row was changed by someone else since it was read")
            .code_is("stale_version")
            .field("version", "stale_version", "is not the row's current version; read the row again"),
        Ok(false) => not_found(object),
        Err(error) => error,
    }
}

/// Every row referred to exists: told by field, which the database would not do.
async fn check_references(
    object: &'static ObjectDescriptor,
    values: &[Option<Value>],
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> Result<()> {
    let mut wrong = Vec::new();
    for (field, value) in record_of(object).fields.iter().zip(values) {
        if let (FieldType::Reference(target), Some(Value::Integer(id))) = (field.field_type, value)
            && !exists(target(), *id, connection, count).await?
        {
            wrong.push(FieldError {
                field: field.name.to_owned(),
                code: "broken_reference".into(),
                message: format!("there is no row {id} of {}", target().reference),
            });
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").with_fields(wrong))
}

/// A result in the order of [`all_columns`].
fn decode(object: &'static ObjectDescriptor, row: &QueryResult) -> Result<Row, DbErr> {
    let moment = |column: usize| -> Result<_, DbErr> {
        let text: String = row.try_get_by_index(column)?;
        parse_moment(&text).ok_or_else(|| DbErr::Type(format!("column {column} does not hold a moment")))
    };
    let system = SystemValues {
        id: row.try_get_by_index(0)?,
        created_at: moment(1)?,
        created_by: row.try_get_by_index(2)?,
        updated_at: moment(3)?,
        updated_by: row.try_get_by_index(4)?,
        version: row.try_get_by_index(5)?,
    };
    let mut column = SystemField::ALL.len();
    let mut values = Vec::with_capacity(record_of(object).fields.len());
    for field in record_of(object).fields {
        if field.is_stored() {
            values.push(from_column(&field.field_type, row, column)?);
            column += 1;
        } else {
            values.push(Value::Null);
        }
    }
    Ok(Row::new(system, values))
}

/// Runs a statement of the platform's own and gives its rows.
pub(crate) async fn platform_rows<S: StatementBuilder>(
    connection: &impl ConnectionTrait,
    statement: &S,
) -> Result<Vec<QueryResult>> {
    connection.query_all(statement).await.map_err(database_fault)
}
