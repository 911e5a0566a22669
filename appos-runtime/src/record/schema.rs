//! Tables of records: created at the first start, compared at later ones.

use std::fmt;

use sea_orm::sea_query::{
    ColumnDef, Expr, ExprTrait, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Table, TableCreateStatement,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use super::dialect::{Dialect, SetUp, shortened};
use super::select::DELETED_AT;
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
    let dialect = Dialect::of(database);
    let transaction = dialect.begin(database).await.map_err(fault)?;
    // Of several programs that start at the same time, one creates the tables.
    dialect.alone(SetUp::Schema, &transaction).await.map_err(fault)?;
    for sql in super::audit::tables(dialect).into_iter().chain(super::number::tables(dialect)) {
        transaction.execute_unprepared(&sql).await.map_err(fault)?;
    }
    let mut differences = Vec::new();
    for (object, record) in registry.records() {
        differences.extend(too_long(dialect, record));
        let existing = dialect.columns_of(&transaction, record.table).await.map_err(fault)?;
        if existing.is_empty() {
            let sql = dialect.create_table(&table(dialect, object, record));
            transaction.execute_unprepared(&sql).await.map_err(fault)?;
        } else {
            if record.soft_delete && !existing.contains(DELETED_AT) {
                let alter = Table::alter().table(record.table).add_column(deleted_at(dialect)).to_owned();
                transaction.execute_unprepared(&dialect.alter_table(&alter)).await.map_err(fault)?;
            }
            for field in record.fields.iter().filter(|field| field.is_stored() && !existing.contains(field.column)) {
                match added(dialect, object, field) {
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
            let columns: Vec<_> = index.columns.iter().map(|column| (*column, may_be_empty(record, column))).collect();
            let mut sql = dialect.create_index(&index.name(record), record.table, &columns, index.unique);
            if record.soft_delete && index.unique {
                // A deleted row keeps its values, and gives them free.
                sql.push_str(" WHERE deleted_at IS NULL");
            }
            transaction.execute_unprepared(&sql).await.map_err(fault)?;
        }
    }
    if !differences.is_empty() {
        let error = SchemaError { differences };
        return Err(AppOsError::dispatch(error.to_string()).code_is("schema_mismatch").caused_by(error));
    }
    if dialect.adds_references() {
        add_references(dialect, registry, &transaction).await.map_err(fault)?;
    }
    transaction.commit().await.map_err(fault)
}

/// Names that the database would cut off without an error.
fn too_long(dialect: Dialect, record: &'static RecordDescriptor) -> Vec<String> {
    let columns = record.fields.iter().filter(|field| field.is_stored()).map(|field| ("column", field.column));
    std::iter::once(("table", record.table))
        .chain(columns)
        .filter(|(_, name)| name.len() > dialect.longest_name())
        .map(|(kind, name)| format!("the name of {kind} {name} is longer than {} bytes", dialect.longest_name()))
        .collect()
}

fn may_be_empty(record: &RecordDescriptor, column: &str) -> bool {
    record.fields.iter().any(|field| field.column == column && field.nullable)
}

fn deleted_at(dialect: Dialect) -> ColumnDef {
    let mut definition = ColumnDef::new(DELETED_AT);
    dialect.type_column(&mut definition, &FieldType::DateTime);
    definition
}

fn column(dialect: Dialect, field: &FieldDescriptor) -> ColumnDef {
    let mut definition = ColumnDef::new(field.column);
    dialect.type_column(&mut definition, &field.field_type);
    if !field.nullable {
        definition.not_null();
    }
    if let FieldType::Choice(choices) = field.field_type {
        definition.check(Expr::col(field.column).is_in(choices.choices.iter().map(|choice| choice.value)));
    }
    definition
}

/// Name of the constraint of a reference, where the database keeps one.
pub(super) fn foreign_key_name(record: &RecordDescriptor, field: &FieldDescriptor) -> String {
    shortened(format!("{}_{}_fkey", record.table, field.column))
}

fn table(
    dialect: Dialect,
    object: &'static ObjectDescriptor,
    record: &'static RecordDescriptor,
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(record.table).if_not_exists();
    table.col(dialect.id_column());
    for system in SystemField::ALL {
        let mut definition = ColumnDef::new(system.name());
        match system {
            SystemField::Id => continue,
            SystemField::CreatedAt | SystemField::UpdatedAt => {
                dialect.type_column(&mut definition, &FieldType::DateTime);
                definition.not_null();
            }
            SystemField::CreatedBy | SystemField::UpdatedBy => {
                definition.big_integer();
            }
            SystemField::Version => {
                definition.big_integer().not_null();
            }
        }
        table.col(definition);
    }
    if record.soft_delete {
        table.col(deleted_at(dialect));
    }
    for field in record.fields.iter().filter(|field| field.is_stored()) {
        table.col(column(dialect, field));
        if !dialect.adds_references()
            && let Some(mut key) = reference(record, field)
        {
            table.foreign_key(&mut key);
        }
    }
    debug_assert_eq!(record_of(object).table, record.table);
    table
}

fn reference(record: &'static RecordDescriptor, field: &FieldDescriptor) -> Option<ForeignKeyCreateStatement> {
    let FieldType::Reference(target) = field.field_type else { return None };
    let action = match field.on_delete {
        OnDelete::Restrict => ForeignKeyAction::Restrict,
        OnDelete::Cascade => ForeignKeyAction::Cascade,
        OnDelete::SetNull => ForeignKeyAction::SetNull,
    };
    let mut key = ForeignKey::create();
    key.name(foreign_key_name(record, field))
        .from(record.table, field.column)
        .to(record_of(target()).table, "id")
        .on_delete(action);
    Some(key)
}

/// References of tables that may have been made before those they lead to.
async fn add_references(
    dialect: Dialect,
    registry: &'static Registry,
    connection: &impl ConnectionTrait,
) -> Result<(), DbErr> {
    let existing = dialect.references(connection).await?;
    for (_, record) in registry.records() {
        for field in record.fields.iter().filter(|field| !existing.contains(&foreign_key_name(record, field))) {
            if let Some(key) = reference(record, field) {
                connection.execute_unprepared(&dialect.create_reference(&key)).await?;
            }
        }
    }
    Ok(())
}

/// `ALTER TABLE` for a field that existing rows can have without being asked.
fn added(dialect: Dialect, object: &'static ObjectDescriptor, field: &FieldDescriptor) -> Option<String> {
    let mut definition = column(dialect, field);
    if !field.nullable {
        let default = dialect.to_column(&field.field_type, field.default?())?;
        definition.default(Expr::value(default));
    }
    Some(dialect.alter_table(Table::alter().table(record_of(object).table).add_column(definition)))
}

struct Index {
    columns: Vec<&'static str>,
    unique: bool,
}

impl Index {
    fn name(&self, record: &RecordDescriptor) -> String {
        let kind = if self.unique { "unique" } else { "index" };
        shortened(format!("{}_{}_{kind}", record.table, self.columns.join("_")))
    }
}

/// The unique indexes of a record: name and columns.
pub(super) fn unique_indexes(record: &'static RecordDescriptor) -> impl Iterator<Item = (String, Vec<&'static str>)> {
    indexes(record).into_iter().filter(|index| index.unique).map(|index| (index.name(record), index.columns))
}

fn indexes(record: &'static RecordDescriptor) -> Vec<Index> {
    let column = |place: &usize| record.fields.get(*place).map_or(SystemField::Id.name(), |field| field.column);
    let mut all = Vec::new();
    for field in record.fields.iter().filter(|field| field.is_stored()) {
        if field.unique || field.auto_number.is_some() {
            all.push(Index { columns: vec![field.column], unique: true });
        } else if field.index || matches!(field.field_type, FieldType::Reference(_)) {
            // A reference is followed backwards too: by `Many`, and whenever its target is deleted.
            all.push(Index { columns: vec![field.column], unique: false });
        }
    }
    for places in record.unique {
        all.push(Index { columns: places.iter().map(column).collect(), unique: true });
    }
    for places in record.indexes {
        all.push(Index { columns: places.iter().map(column).collect(), unique: false });
    }
    all
}
