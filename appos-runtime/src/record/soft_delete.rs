//! Rows that are deleted and kept: out of sight of every path, until they are restored.
//!
//! What refers to such a row is treated as a real deletion would, as far as it can be undone:
//! `restrict` refuses, `cascade` deletes rows of records that keep theirs, too, and everything
//! else stays as it is.

use std::future::Future;
use std::pin::Pin;

use chrono::SubsecRound;
use sea_orm::ConnectionTrait;
use sea_orm::DatabaseTransaction;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::answered;
use super::audit::{self, Action, Writer};
use super::cascade::referring;
use super::decode::decode;
use super::fault::{database_fault, write_fault};
use super::feed::changed;
use super::guard::Change;
use super::select::{DELETED_AT, all_columns, restrict};
use super::sent::{committed, timed};
use super::store::{Store, not_found};
use super::transaction::WriteTransaction;
use super::visible::live;
use super::write::{Expected, Writing, check_references, missed};
use crate::error::{AppOsError, Result};
use crate::model::{Condition, Row, record_of};
use crate::registry::{FieldDescriptor, ObjectDescriptor, OnDelete};
use crate::state::QueryCount;
use crate::value::{DateTime, Value};

type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// What a deletion or restoration of some rows works with.
struct Work<'a> {
    store: &'a Store,
    connection: &'a DatabaseTransaction,
    writer: Writer,
    now: DateTime,
    count: &'a QueryCount,
}

impl Store {
    pub(super) async fn soft_delete(
        &self,
        object: &'static ObjectDescriptor,
        (id, expected): (i64, Expected),
        writing: &Writing,
        count: &QueryCount,
    ) -> Result<()> {
        let transaction = WriteTransaction::begin(self).await?;
        let held = self.before_change(object, id, Change::Delete, &transaction).await?;
        let now = self.now().trunc_subsecs(6);
        let work = Work { store: self, connection: &transaction, writer: writing.writer, now, count };
        if work.delete(object, id, expected, &writing.visible).await?.is_none() {
            return Err(missed(object, id, &writing.visible, &*transaction, count).await);
        }
        self.after_change(held, &transaction).await?;
        committed(count, transaction).await.map_err(database_fault)?;
        changed(self, object, Some(id));
        Ok(())
    }

    pub(super) async fn restore(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        writing: &Writing,
        count: &QueryCount,
    ) -> Result<Row> {
        let Some(live) = live(object) else {
            return Err(
                AppOsError::validation(format!("{} keeps no deleted rows", object.reference)).code_is("no_soft_delete")
            );
        };
        let transaction = WriteTransaction::begin(self).await?;
        let now = self.now().trunc_subsecs(6);
        let work = Work { store: self, connection: &transaction, writer: writing.writer, now, count };
        // Among the rows of the record's own rule, and the deleted ones of these.
        let mut among: Vec<Condition> = writing.visible.iter().filter(|own| **own != live).cloned().collect();
        among.push(!live);
        let Some(row) = work.restore(object, id, &among).await? else { return Err(not_found(object)) };
        let references: Vec<Option<Value>> = row.values.iter().cloned().map(Some).collect();
        check_references(object, &references, writing, &*transaction, count).await?;
        committed(count, transaction).await.map_err(|error| write_fault(record_of(object), Action::Restore, error))?;
        changed(self, object, Some(id));
        Ok(row)
    }
}

impl Work<'_> {
    /// `None`: there is no such row among those.
    fn delete<'a>(
        &'a self,
        object: &'static ObjectDescriptor,
        id: i64,
        expected: Expected,
        among: &'a [Condition],
    ) -> Boxed<'a, Option<()>> {
        Box::pin(async move {
            let mut update = Query::update();
            update.table(record_of(object).table).value(DELETED_AT, self.store.dialect().moment(&self.now));
            update.and_where(Expr::col("id").eq(id));
            if let Some(version) = expected {
                update.and_where(Expr::col("version").eq(version));
            }
            restrict(self.store.dialect(), object, &mut update, among)?;
            let Some(row) = self.write(object, update, (id, Action::Delete)).await? else { return Ok(None) };
            for (other, _, field) in referring(object) {
                match field.on_delete {
                    OnDelete::Restrict => {
                        if !self.rows(other, field, id, &live(other).into_iter().collect::<Vec<_>>()).await?.is_empty()
                        {
                            return Err(AppOsError::validation("other rows still refer to this one")
                                .code_is("still_referenced"));
                        }
                    }
                    OnDelete::Cascade => {
                        let Some(live) = live(other) else { continue };
                        let among = [live];
                        for row in self.rows(other, field, id, &among).await? {
                            self.delete(other, row, None, &among).await?;
                        }
                    }
                    OnDelete::SetNull => {}
                }
            }
            self.note(object, Action::Delete, (Some(&row), None)).await?;
            Ok(Some(()))
        })
    }

    fn restore<'a>(
        &'a self,
        object: &'static ObjectDescriptor,
        id: i64,
        among: &'a [Condition],
    ) -> Boxed<'a, Option<Row>> {
        Box::pin(async move {
            let mut select = Query::select();
            select.column(DELETED_AT).from(record_of(object).table).and_where(Expr::col("id").eq(id));
            restrict(self.store.dialect(), object, &mut select, among)?;
            let found = timed(self.count, self.connection.query_one(&select)).await.map_err(database_fault)?;
            let Some(found) = found else { return Ok(None) };
            let deleted = self.store.dialect().read_moment(&found, 0).map_err(database_fault)?;
            let mut update = Query::update();
            update.table(record_of(object).table).value(DELETED_AT, Expr::cust("NULL"));
            update.and_where(Expr::col("id").eq(id));
            let Some(row) = self.write(object, update, (id, Action::Restore)).await? else { return Ok(None) };
            self.note(object, Action::Restore, (Some(&row), Some(&row))).await?;
            // What went with it comes back with it; what had been deleted before stays so.
            let same = Condition::Compare(
                crate::model::ColumnRef::Deleted,
                crate::model::Comparison::Equal,
                Value::DateTime(deleted),
            );
            let among = [same];
            for (other, _, field) in referring(object) {
                if field.on_delete == OnDelete::Cascade && record_of(other).soft_delete {
                    for row in self.rows(other, field, id, &among).await? {
                        self.restore(other, row, &among).await?;
                    }
                }
            }
            Ok(Some(row))
        })
    }

    /// Writes what every change of a row writes, and reads the row.
    async fn write(
        &self,
        object: &'static ObjectDescriptor,
        mut update: sea_orm::sea_query::UpdateStatement,
        (id, action): (i64, Action),
    ) -> Result<Option<Row>> {
        let record = record_of(object);
        update.value("updated_at", self.store.dialect().moment(&self.now));
        update.value("updated_by", self.writer.user_id);
        update.value("version", Expr::col("version").add(1));
        let written = timed(self.count, answered::updated(object, id, &mut update, self.connection))
            .await
            .map_err(|error| write_fault(record, action, error))?;
        written.map(|row| decode(object, self.store.dialect(), &row)).transpose().map_err(database_fault)
    }

    async fn note(
        &self,
        object: &'static ObjectDescriptor,
        action: Action,
        rows: (Option<&Row>, Option<&Row>),
    ) -> Result<()> {
        // Of a row that goes with another; who shows it is told a moment later, after the commit.
        changed(self.store, object, None);
        timed(self.count, audit::note(object, action, rows, self.writer, self.connection)).await.map_err(database_fault)
    }

    /// Ids of the rows that refer to a row by a field.
    async fn rows(
        &self,
        other: &'static ObjectDescriptor,
        field: &FieldDescriptor,
        id: i64,
        among: &[Condition],
    ) -> Result<Vec<i64>> {
        let mut select = all_columns(other);
        select
            .clear_selects()
            .column("id")
            .and_where(Expr::col(field.column).eq(id))
            .order_by("id", sea_orm::sea_query::Order::Asc);
        restrict(self.store.dialect(), other, &mut select, among)?;
        let rows = timed(self.count, self.connection.query_all(&select)).await.map_err(database_fault)?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>().map_err(database_fault)
    }
}
