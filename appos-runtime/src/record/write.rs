//! Rows that are written: each write in a transaction, with the guard's questions and the
//! audit log's entry in it.

use chrono::SubsecRound;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::answered;
use super::audit::{self, Action, Writer};
use super::decode::decode;
use super::dialect::{Dialect, SetUp};
use super::fault::{database_fault, write_fault};
use super::guard::{Change, Held};
use super::number::number;
use super::select::{all_columns, restrict};
use super::sent::{committed, timed};
use super::store::{Store, not_found};
use super::told::tell;
use super::transaction::WriteTransaction;
use super::visible::live;
use crate::error::{AppOsError, FieldError, Result};
use crate::model::{Condition, Row, SystemValues, record_of};
use crate::registry::ObjectDescriptor;
use crate::state::QueryCount;
use crate::value::{FieldType, Value};

/// Who writes, and which rows he may write and refer to.
pub(super) struct Writing {
    pub(super) writer: Writer,
    /// What holds for the rows that he may see.
    pub(super) visible: Vec<Condition>,
    /// True if a rule of the record says which rows those are: what is written must be among
    /// them, too.
    pub(super) ruled: bool,
    /// What holds for the rows that a reference may lead to, by the field's place.
    pub(super) targets: Vec<(usize, Condition)>,
}

/// Which version of a row a writer read.
pub(super) type Expected = Option<i64>;

/// The system columns of a new row but its id, which the database gives it.
pub(super) const NEW: [&str; 5] = ["created_at", "created_by", "updated_at", "updated_by", "version"];

/// Their values.
pub(super) fn new(moment: sea_orm::Value, by: Option<i64>) -> [Expr; 5] {
    [moment.clone().into(), by.into(), moment.into(), by.into(), 1_i64.into()]
}

impl Store {
    pub(super) async fn create(
        &self,
        object: &'static ObjectDescriptor,
        values: Vec<Option<Value>>,
        writing: &Writing,
        count: &QueryCount,
    ) -> Result<Row> {
        let (record, writer) = (record_of(object), writing.writer);
        let now = self.now().trunc_subsecs(6);
        let transaction = WriteTransaction::begin(self).await?;
        self.note_change_of_access(object, &transaction).await?;
        check_references(object, &values, writing, &*transaction, count).await?;
        let dialect = self.dialect();
        let (mut columns, mut parameters) = (Vec::new(), Vec::new());
        if !record.external {
            columns.extend(NEW);
            parameters.extend(new(dialect.moment(&now), writer.user_id));
        }
        let mut row = Vec::with_capacity(record.fields.len());
        for (field, value) in record.fields.iter().zip(values) {
            let value = match field.auto_number {
                Some(format) => number(record, field, format, &now, &*transaction, count).await?,
                None => value.unwrap_or(Value::Null),
            };
            if field.is_stored() {
                columns.push(field.column);
                let value = dialect.to_column(&field.field_type, value.clone());
                parameters.push(Expr::value(value.ok_or_else(|| misfit(field.name))?));
            }
            row.push(value);
        }
        let mut insert = Query::insert();
        insert.into_table(record.table).columns(columns);
        insert.values(parameters).map_err(|error| AppOsError::execution("the statement is wrong").caused_by(error))?;
        let id = timed(count, answered::inserted(&mut insert, &*transaction))
            .await
            .map_err(|error| write_fault(record, Action::Create, error))?;
        let id = id.ok_or_else(|| AppOsError::execution("the database gave the new row no id"))?;
        let by = writer.user_id;
        let system = SystemValues { id, created_at: now, created_by: by, updated_at: now, updated_by: by, version: 1 };
        let row =
            if record.external { self.written(object, id, &transaction, count).await? } else { Row::new(system, row) };
        self.still_visible(object, id, writing, &transaction, count).await?;
        timed(count, audit::note(object, Action::Create, (None, Some(&row)), writer, &transaction))
            .await
            .map_err(database_fault)?;
        committed(count, transaction).await.map_err(|error| write_fault(record, Action::Create, error))?;
        tell(self, object, Action::Create, (None, Some(&row)));
        Ok(row)
    }

    pub(super) async fn update(
        &self,
        object: &'static ObjectDescriptor,
        (id, expected): (i64, Expected),
        values: Vec<Option<Value>>,
        writing: &Writing,
        count: &QueryCount,
    ) -> Result<Row> {
        let (record, writer) = (record_of(object), writing.writer);
        let transaction = WriteTransaction::begin(self).await?;
        check_references(object, &values, writing, &*transaction, count).await?;
        let before = before(object, id, &*transaction, count).await?;
        let held = self.before_change(object, id, Change::Update(&values), &transaction).await?;
        let mut update = Query::update();
        update.table(record.table);
        let dialect = self.dialect();
        let mut expected = expected;
        if record.external {
            let row = self.held(object, (id, expected.take()), &writing.visible, &transaction, count).await?;
            if values.iter().all(Option::is_none) {
                return Ok(row);
            }
        } else {
            update.value("updated_at", dialect.moment(&self.now()));
            update.value("updated_by", writer.user_id);
            update.value("version", Expr::col("version").add(1));
        }
        for (field, value) in record.fields.iter().zip(values) {
            if let Some(value) = value {
                let value = dialect.to_column(&field.field_type, value);
                update.value(field.column, value.ok_or_else(|| misfit(field.name))?);
            }
        }
        update.and_where(Expr::col("id").eq(id));
        restrict(dialect, object, &mut update, &writing.visible)?;
        if let Some(version) = expected {
            update.and_where(Expr::col("version").eq(version));
        }
        let written = timed(count, answered::updated(object, id, &mut update, &*transaction))
            .await
            .map_err(|error| write_fault(record, Action::Update, error))?;
        let Some(written) = written else {
            return Err(missed(object, id, &writing.visible, &*transaction, count).await);
        };
        let row = decode(object, dialect, &written).map_err(database_fault)?;
        self.still_visible(object, id, writing, &transaction, count).await?;
        timed(count, audit::note(object, Action::Update, (before.as_ref(), Some(&row)), writer, &transaction))
            .await
            .map_err(database_fault)?;
        self.after_change(held, &transaction).await?;
        committed(count, transaction).await.map_err(|error| write_fault(record, Action::Update, error))?;
        tell(self, object, Action::Update, (before.as_ref(), Some(&row)));
        Ok(row)
    }

    pub(super) async fn delete(
        &self,
        object: &'static ObjectDescriptor,
        (id, expected): (i64, Expected),
        writing: &Writing,
        count: &QueryCount,
    ) -> Result<()> {
        let (record, writer) = (record_of(object), writing.writer);
        if record.soft_delete {
            return self.soft_delete(object, (id, expected), writing, count).await;
        }
        let transaction = WriteTransaction::begin(self).await?;
        let before = before(object, id, &*transaction, count).await?;
        let held = self.before_change(object, id, Change::Delete, &transaction).await?;
        let mut expected = expected;
        if record.external {
            self.held(object, (id, expected.take()), &writing.visible, &transaction, count).await?;
        }
        let mut delete = Query::delete();
        delete.from_table(record.table).and_where(Expr::col("id").eq(id));
        restrict(self.dialect(), object, &mut delete, &writing.visible)?;
        if let Some(version) = expected {
            delete.and_where(Expr::col("version").eq(version));
        }
        let done = timed(count, transaction.execute(&delete))
            .await
            .map_err(|error| write_fault(record, Action::Delete, error))?;
        if done.rows_affected() == 0 {
            return Err(missed(object, id, &writing.visible, &*transaction, count).await);
        }
        timed(count, audit::note(object, Action::Delete, (before.as_ref(), None), writer, &transaction))
            .await
            .map_err(database_fault)?;
        self.after_change(held, &transaction).await?;
        committed(count, transaction).await.map_err(|error| write_fault(record, Action::Delete, error))?;
        tell(self, object, Action::Delete, (before.as_ref(), None));
        Ok(())
    }

    /// Refuses to write a row that its writer could not see afterwards: it would be lost to
    /// him, and others could be given rows that are not his to give.
    async fn still_visible(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        writing: &Writing,
        transaction: &DatabaseTransaction,
        count: &QueryCount,
    ) -> Result<()> {
        if !writing.ruled || exists(object, id, &writing.visible, transaction, count).await? {
            return Ok(());
        }
        Err(AppOsError::security("the row would not be among those that you may see").code_is("row_not_allowed"))
    }

    /// Of a change of who may do what the other servers learn by its own transaction. One such
    /// change at a time: each begins so, and none waits for another in the middle.
    async fn note_change_of_access(
        &self,
        object: &'static ObjectDescriptor,
        transaction: &DatabaseTransaction,
    ) -> Result<()> {
        if !self.guard().decides_access(object) {
            return Ok(());
        }
        self.dialect().alone(SetUp::Access, transaction).await.map_err(database_fault)?;
        self.guard().note_change(transaction).await
    }

    /// `None`: the record is none of the guard's business.
    pub(super) async fn before_change(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        change: Change<'_>,
        transaction: &DatabaseTransaction,
    ) -> Result<Option<Held>> {
        if !self.guard().decides_access(object) {
            return Ok(None);
        }
        // Each of two changes at a time could be fine without the other.
        self.note_change_of_access(object, transaction).await?;
        self.guard().before_change(object, id, change, transaction).await.map(Some)
    }

    pub(super) async fn after_change(&self, held: Option<Held>, transaction: &DatabaseTransaction) -> Result<()> {
        match held {
            Some(held) => self.guard().after_change(held, transaction).await,
            None => Ok(()),
        }
    }
}

pub(super) fn misfit(field: &str) -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
        field,
        "out_of_range",
        "does not fit its column",
    )
}

pub(super) async fn exists(
    object: &'static ObjectDescriptor,
    id: i64,
    among: &[Condition],
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> Result<bool> {
    let select = row_among(Dialect::of(connection), object, id, among)?;
    Ok(timed(count, connection.query_one(&select)).await.map_err(database_fault)?.is_some())
}

/// A row, if it is among these.
fn row_among(
    dialect: Dialect,
    object: &'static ObjectDescriptor,
    id: i64,
    among: &[Condition],
) -> Result<SelectStatement> {
    let mut select = Query::select();
    select.expr(Expr::cust("1")).from(record_of(object).table).and_where(Expr::col("id").eq(id));
    restrict(dialect, object, &mut select, among)?;
    Ok(select)
}

/// The row before a write, for a record that keeps an audit log.
pub(super) async fn before(
    object: &'static ObjectDescriptor,
    id: i64,
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> Result<Option<Row>> {
    if !record_of(object).audit_log {
        return Ok(None);
    }
    let mut select = all_columns(object);
    // Nobody changes it between this and the write, or the log would tell of another row.
    select.and_where(Expr::col("id").eq(id)).lock_exclusive();
    let found = timed(count, connection.query_one(&select)).await.map_err(database_fault)?;
    found.map(|row| decode(object, Dialect::of(connection), &row)).transpose().map_err(database_fault)
}

/// A write of another version of a row than the current one.
pub(super) fn stale() -> AppOsError {
    AppOsError::validation("the row was changed by someone else since it was read").code_is("stale_version").field(
        "version",
        "stale_version",
        "is not the row's current version; read the row again",
    )
}

/// Why a write found no row.
pub(super) async fn missed(
    object: &'static ObjectDescriptor,
    id: i64,
    visible: &[Condition],
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> AppOsError {
    match exists(object, id, visible, connection, count).await {
        Ok(true) => stale(),
        Ok(false) => not_found(object),
        Err(error) => error,
    }
}

/// Every row referred to exists: told by field, which the database would not do. They are asked
/// for together: each statement is a way to the database and back.
pub(super) async fn check_references(
    object: &'static ObjectDescriptor,
    values: &[Option<Value>],
    writing: &Writing,
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> Result<()> {
    let dialect = Dialect::of(connection);
    let mut select = Query::select();
    let mut asked = Vec::new();
    for (place, (field, value)) in record_of(object).fields.iter().zip(values).enumerate() {
        let (FieldType::Reference(target), Some(Value::Integer(id))) = (field.field_type, value) else { continue };
        let ruled = writing.targets.iter().filter(|(field, _)| *field == place).map(|(_, ruled)| ruled.clone());
        let among: Vec<Condition> = live(target()).into_iter().chain(ruled).collect();
        select.expr(Expr::exists(row_among(dialect, target(), *id, &among)?));
        asked.push((field.name, *id, target()));
    }
    if asked.is_empty() {
        return Ok(());
    }
    let found = timed(count, connection.query_one(&select)).await.map_err(database_fault)?;
    let mut wrong = Vec::new();
    for (place, (field, id, target)) in asked.into_iter().enumerate() {
        let exists =
            found.as_ref().map(|row| row.try_get_by_index::<bool>(place)).transpose().map_err(database_fault)?;
        // A row that may not be seen is told from a missing one by nobody.
        if exists != Some(true) {
            wrong.push(FieldError {
                field: field.to_owned(),
                code: "broken_reference".into(),
                message: format!("there is no row {id} of {}", target.reference),
            });
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").with_fields(wrong))
}
