//! Tables of records: created at the first start, compared at later ones.

use std::collections::HashSet;
use std::fmt;

use sea_orm::sea_query::{
    ColumnDef, Expr, ExprTrait, ForeignKey, ForeignKeyAction, Index, IndexCreateStatement, SqliteQueryBuilder, Table,
    TableCreateStatement,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};

use super::convert::to_column;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::registry::{FieldDescriptor, ObjectDescriptor, OnDelete, RecordDescriptor, Registry, SystemField};
use crate::value::FieldType;

/// A table that does not fit its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError {
    /// What differs, one entry a table and column.
    pub differences: Vec<String>,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database does not fit the records: {}", self.differences.join("; "))
    }
}

impl std::error::Error for SchemaError {}

/// Creates missing tables and adds missing columns that may be empty or have a default.
///
/// # Errors
/// A table lacks a column that cannot be added without a value, or the database fails. Nothing
/// is changed then.
pub(super) async fn prepare(registry: &'static Registry, database: &DatabaseConnection) -> Result<()> {
    let fault = super::database_fault;
    let transaction = database.begin().await.map_err(fault)?;
    for sql in super::audit::TABLES {
        transaction.execute_unprepared(sql).await.map_err(fault)?;
    }
    let mut differences = Vec::new();
    for (object, record) in registry.records() {
        let existing = columns_of(&transaction, record.table).await.map_err(fault)?;
        if existing.is_empty() {
            transaction
                .execute_unprepared(&table(object, record).to_string(SqliteQueryBuilder))
                .await
                .map_err(fault)?;
        } else {
            for field in record.fields.iter().filter(|field| field.is_stored() && !existing.contains(field.column)) {
                match added(object, field) {
                    Some(sql) => {
                        transaction.execute_unprepared(&sql).await.map_err(fault)?;
                    }
                    None => differences.push(format!(
                        "table {} has no column {}, and the field `{}` needs a value",
                        record.table, field.column, field.name
                    )),
                }
            }
        }
        for index in indexes(record) {
            transaction.execute_unprepared(&index.to_string(SqliteQueryBuilder)).await.map_err(fault)?;
        }
    }
    if !differences.is_empty() {
        let error = SchemaError { differences };
        return Err(AppOsError::dispatch(error.to_string()).code_is("schema_mismatch").caused_by(error));
    }
    transaction.commit().await.map_err(fault)
}

async fn columns_of(database: &impl ConnectionTrait, table: &str) -> Result<HashSet<String>, DbErr> {
    let sql = "SELECT name FROM pragma_table_info(?)";
    let statement = Statement::from_sql_and_values(database.get_database_backend(), sql, [table.into()]);
    let rows = database.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect()
}

fn typed(definition: &mut ColumnDef, field_type: &FieldType) {
    match field_type {
        FieldType::Integer { .. } | FieldType::Reference(_) | FieldType::Decimal { .. } => definition.big_integer(),
        FieldType::Float => definition.double(),
        FieldType::Bool => definition.boolean(),
        _ => definition.text(),
    };
}

fn column(field: &FieldDescriptor) -> ColumnDef {
    let mut definition = ColumnDef::new(field.column);
    typed(&mut definition, &field.field_type);
    if !field.nullable {
        definition.not_null();
    }
    if let FieldType::Choice(choices) = field.field_type {
        definition.check(Expr::col(field.column).is_in(choices.choices.iter().map(|choice| choice.value)));
    }
    definition
}

fn table(object: &'static ObjectDescriptor, record: &'static RecordDescriptor) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(record.table).if_not_exists();
    table.col(ColumnDef::new("id").integer().not_null().primary_key().auto_increment());
    table.col(ColumnDef::new("created_at").text().not_null());
    table.col(ColumnDef::new("created_by").big_integer());
    table.col(ColumnDef::new("updated_at").text().not_null());
    table.col(ColumnDef::new("updated_by").big_integer());
    table.col(ColumnDef::new("version").big_integer().not_null());
    for field in record.fields.iter().filter(|field| field.is_stored()) {
        table.col(column(field));
        if let FieldType::Reference(target) = field.field_type {
            let action = match field.on_delete {
                OnDelete::Restrict => ForeignKeyAction::Restrict,
                OnDelete::Cascade => ForeignKeyAction::Cascade,
                OnDelete::SetNull => ForeignKeyAction::SetNull,
            };
            let target = record_of(target());
            table.foreign_key(
                ForeignKey::create().from(record.table, field.column).to(target.table, "id").on_delete(action),
            );
        }
    }
    debug_assert_eq!(record_of(object).table, record.table);
    table
}

/// `ALTER TABLE` for a field that existing rows can have without being asked.
fn added(object: &'static ObjectDescriptor, field: &FieldDescriptor) -> Option<String> {
    let mut definition = column(field);
    if !field.nullable {
        let default = to_column(&field.field_type, field.default?())?;
        definition.default(Expr::value(default));
    }
    let alter = Table::alter().table(record_of(object).table).add_column(definition).to_owned();
    Some(alter.to_string(SqliteQueryBuilder))
}

fn index(record: &RecordDescriptor, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    let kind = if unique { "unique" } else { "index" };
    index.name(format!("{}_{}_{kind}", record.table, columns.join("_"))).table(record.table).if_not_exists();
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    index
}

fn indexes(record: &'static RecordDescriptor) -> Vec<IndexCreateStatement> {
    let column = |place: &usize| record.fields.get(*place).map_or(SystemField::Id.name(), |field| field.column);
    let mut all = Vec::new();
    for field in record.fields.iter().filter(|field| field.is_stored()) {
        if field.unique {
            all.push(index(record, &[field.column], true));
        } else if field.index || matches!(field.field_type, FieldType::Reference(_)) {
            // A reference is followed backwards too: by `Many`, and whenever its target is deleted.
            all.push(index(record, &[field.column], false));
        }
    }
    for places in record.unique {
        all.push(index(record, &places.iter().map(column).collect::<Vec<_>>(), true));
    }
    for places in record.indexes {
        all.push(index(record, &places.iter().map(column).collect::<Vec<_>>(), false));
    }
    all
}
