//! Many new rows in one statement, for records that ask nothing of each row by itself.

use std::collections::BTreeSet;

use chrono::SubsecRound;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::audit::{self, Action};
use super::fault::{database_fault, write_fault};
use super::feed::changed;
use super::select::restrict;
use super::sent::{committed, timed};
use super::service::hooks_of;
use super::store::Store;
use super::transaction::WriteTransaction;
use super::visible::live;
use super::write::{NEW, Writing, misfit, new};
use crate::error::{AppOsError, Result};
use crate::model::{Condition, Row, SystemValues, record_of};
use crate::registry::{ObjectDescriptor, RowEvent};
use crate::state::QueryCount;
use crate::value::{FieldType, Value};

/// Most parameters of a statement: SQLite takes 32,766, PostgreSQL 65,535.
const MAX_PARAMETERS: usize = 30_000;

/// True if rows of a record can be written many at a time.
pub(super) fn in_one(store: &Store, object: &'static ObjectDescriptor) -> bool {
    let record = record_of(object);
    hooks_of(object, RowEvent::Created).is_empty()
        && !store.guard().decides_access(object)
        && record.fields.iter().all(|field| field.auto_number.is_none())
}

impl Store {
    /// Writes new rows: all of them, or none.
    pub(super) async fn create_many(
        &self,
        object: &'static ObjectDescriptor,
        rows: &[Vec<Option<Value>>],
        writing: &Writing,
        count: &QueryCount,
    ) -> Result<()> {
        let (record, dialect) = (record_of(object), self.dialect());
        let now = self.now().trunc_subsecs(6);
        let (by, moment) = (writing.writer.user_id, dialect.moment(&now));
        let stored = || record.fields.iter().enumerate().filter(|(_, field)| field.is_stored());
        let system = !record.external;
        let mut columns: Vec<&str> = NEW.into_iter().filter(|_| system).collect();
        columns.extend(stored().map(|(_, field)| field.column));
        let transaction = WriteTransaction::begin(self).await?;
        self.check_all_references(object, rows, writing, &transaction, count).await?;
        for rows in rows.chunks((MAX_PARAMETERS / columns.len()).max(1)) {
            let mut insert = Query::insert();
            insert.into_table(record.table).columns(columns.iter().copied());
            if record.audit_log {
                // Only the log asks which rows these have become.
                insert.returning_col("id");
            }
            for row in rows {
                let mut parameters = Vec::with_capacity(columns.len());
                if system {
                    parameters.extend(new(moment.clone(), by));
                }
                for (place, field) in stored() {
                    let value = row.get(place).cloned().flatten().unwrap_or(Value::Null);
                    let value = dialect.to_column(&field.field_type, value).ok_or_else(|| misfit(field.name))?;
                    parameters.push(Expr::value(value));
                }
                let wrong = |error| AppOsError::execution("the statement is wrong").caused_by(error);
                insert.values(parameters).map_err(wrong)?;
            }
            let written = timed(count, transaction.query_all(&insert))
                .await
                .map_err(|error| write_fault(record, Action::Create, error))?;
            if !record.audit_log {
                continue;
            }
            let ids: Result<BTreeSet<i64>, _> = written.iter().map(|row| row.try_get_by_index(0)).collect();
            let ids = ids.map_err(database_fault)?;
            // Rows of one statement are numbered in their order, whatever the order of the answer.
            let made: Vec<Row> = ids
                .into_iter()
                .zip(rows)
                .map(|(id, values)| {
                    let values = values.iter().map(|value| value.clone().unwrap_or(Value::Null)).collect();
                    let system = SystemValues {
                        id,
                        created_at: now,
                        created_by: by,
                        updated_at: now,
                        updated_by: by,
                        version: 1,
                    };
                    Row::new(system, values)
                })
                .collect();
            timed(count, audit::note_all(object, Action::Create, &made, writing.writer, &transaction))
                .await
                .map_err(database_fault)?;
        }
        committed(count, transaction).await.map_err(|error| write_fault(record, Action::Create, error))?;
        changed(self, object, None);
        Ok(())
    }

    /// Refuses rows that refer to what is not there. Which of them it is, is told when they are
    /// written one by one.
    async fn check_all_references(
        &self,
        object: &'static ObjectDescriptor,
        rows: &[Vec<Option<Value>>],
        writing: &Writing,
        transaction: &WriteTransaction,
        count: &QueryCount,
    ) -> Result<()> {
        for (place, field) in record_of(object).fields.iter().enumerate() {
            let FieldType::Reference(target) = field.field_type else { continue };
            let ids: BTreeSet<i64> = rows
                .iter()
                .filter_map(|row| match row.get(place) {
                    Some(Some(Value::Integer(id))) => Some(*id),
                    _ => None,
                })
                .collect();
            if ids.is_empty() {
                continue;
            }
            let wanted = ids.len();
            let ruled = writing.targets.iter().filter(|(field, _)| *field == place).map(|(_, ruled)| ruled.clone());
            let among: Vec<Condition> = live(target()).into_iter().chain(ruled).collect();
            let mut select = Query::select();
            select.column("id").from(record_of(target()).table).and_where(Expr::col("id").is_in(ids));
            restrict(self.dialect(), target(), &mut select, &among)?;
            let found = timed(count, transaction.query_all(&select)).await.map_err(database_fault)?;
            if found.len() != wanted {
                return Err(AppOsError::validation("some rows refer to rows that are not there")
                    .code_is("invalid_fields")
                    .field(field.name, "broken_reference", "leads to no row"));
            }
        }
        Ok(())
    }
}
