//! Statements about rows that depend on others: found and held, and removed together.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::audit::{self, Action, Writer};
use super::decode::decode;
use super::fault::{database_fault, write_fault};
use super::feed::changed;
use super::guard::Change;
use super::select::{DELETED_AT, all_columns};
use super::sent::{committed, timed};
use super::store::Store;
use super::told::tell;
use super::transaction::WriteTransaction;
use crate::error::Result;
use crate::model::record_of;
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::state::QueryCount;

impl Store {
    /// Rows that refer to one of these by a field: id, and true if it is in sight.
    pub(super) async fn dependents(
        &self,
        object: &'static ObjectDescriptor,
        field: &FieldDescriptor,
        ids: &[i64],
        count: &QueryCount,
    ) -> Result<Vec<(i64, bool)>> {
        let mut select = Query::select();
        select.column("id").from(record_of(object).table).and_where(Expr::col(field.column).is_in(ids.iter().copied()));
        if record_of(object).soft_delete {
            select.expr(Expr::col(DELETED_AT).is_null());
        } else {
            select.expr(Expr::val(1).eq(1));
        }
        // Nobody lets new rows refer to these meanwhile, of which nobody would be told.
        select.order_by("id", Order::Asc).lock_exclusive();
        let rows = self.read(count, &select, None).await?;
        let row = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        rows.iter().map(row).collect::<Result<_, DbErr>>().map_err(database_fault)
    }

    /// Holds a row to the end of the open transaction, so that nobody lets new rows refer to it.
    pub(super) async fn hold(&self, object: &'static ObjectDescriptor, id: i64, count: &QueryCount) -> Result<()> {
        let mut select = Query::select();
        select.column("id").from(record_of(object).table).and_where(Expr::col("id").eq(id)).lock_exclusive();
        self.read(count, &select, None).await.map(drop)
    }

    /// Removes rows for good, and writes the audit log of those that were in sight.
    pub(super) async fn remove_many(
        &self,
        object: &'static ObjectDescriptor,
        (all, live): (&[i64], &[i64]),
        writer: Writer,
        count: &QueryCount,
    ) -> Result<()> {
        let record = record_of(object);
        let transaction = WriteTransaction::begin(self).await?;
        let mut removed = Vec::new();
        // What goes along may decide about access, too; before the row itself goes it would be too late
        // to ask. One row stands for all: what is asked concerns what is left.
        let held = match all.first() {
            Some(id) => self.before_change(object, *id, Change::Delete, &transaction).await?,
            None => None,
        };
        if record.audit_log && !live.is_empty() {
            let mut select = all_columns(object);
            select.and_where(Expr::col("id").is_in(live.iter().copied())).order_by("id", Order::Asc);
            let rows = timed(count, transaction.query_all(&select)).await.map_err(database_fault)?;
            let rows = rows.iter().map(|row| decode(object, self.dialect(), row)).collect::<Result<Vec<_>, _>>();
            let rows = rows.map_err(database_fault)?;
            let noted = audit::note_all(object, Action::Delete, &rows, writer, &transaction);
            timed(count, noted).await.map_err(database_fault)?;
            removed = rows;
        }
        let mut delete = Query::delete();
        delete.from_table(record.table).and_where(Expr::col("id").is_in(all.iter().copied()));
        timed(count, transaction.execute(&delete)).await.map_err(|error| write_fault(record, Action::Delete, error))?;
        self.after_change(held, &transaction).await?;
        committed(count, transaction).await.map_err(|error| write_fault(record, Action::Delete, error))?;
        for row in &removed {
            tell(self, object, Action::Delete, (Some(row), None));
        }
        changed(self, object, None);
        Ok(())
    }
}
