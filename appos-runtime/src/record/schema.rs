//! Tables of a platform without migrations: created when they are missing, and added to.

use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction};

use super::dialect::{Dialect, SetUp};
use crate::error::{AppOsError, Result};
use crate::migration::{self, Table, addition, creation, indexing, missing_references, tables};
use crate::registry::Registry;

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
    for sql in own_tables(dialect) {
        transaction.execute_unprepared(&sql).await.map_err(fault)?;
    }
    let tables = tables(registry);
    let mut differences = Vec::new();
    for table in &tables {
        differences.extend(too_long(dialect, table));
        differences.extend(complete(dialect, &transaction, table).await?);
    }
    if !differences.is_empty() {
        let error = SchemaError { differences };
        return Err(AppOsError::dispatch(error.to_string()).code_is("schema_mismatch").caused_by(error));
    }
    if dialect.adds_references() {
        let known = dialect.references(&transaction).await.map_err(fault)?;
        for table in &tables {
            for sql in missing_references(table, |name| known.contains(name), dialect.of_migrations()) {
                transaction.execute_unprepared(&sql).await.map_err(fault)?;
            }
        }
    }
    transaction.commit().await.map_err(fault)
}

/// Statements that make the tables that belong to no record.
pub(super) fn own_tables(dialect: Dialect) -> Vec<String> {
    [super::audit::tables(dialect), super::number::tables(dialect)].concat()
}

/// Makes a table, or adds what it lacks; answers what cannot be added.
async fn complete(dialect: Dialect, transaction: &DatabaseTransaction, table: &Table) -> Result<Vec<String>> {
    let fault = super::database_fault;
    let words: migration::Dialect = dialect.of_migrations();
    let wrong = |text: String| AppOsError::dispatch(text).code_is("schema_mismatch");
    let mut differences = Vec::new();
    let existing = dialect.columns_of(transaction, &table.name).await.map_err(fault)?;
    if existing.is_empty() {
        let sql = creation(table, words).map_err(wrong)?;
        transaction.execute_unprepared(&sql).await.map_err(fault)?;
    } else {
        for column in table.columns.iter().filter(|column| !existing.contains(&column.name)) {
            match addition(table, column, words).map_err(wrong)? {
                Some(sql) => {
                    transaction.execute_unprepared(&sql).await.map_err(fault)?;
                }
                None => differences
                    .push(format!("table {} has no column {}, and its field needs a value", table.name, column.name)),
            }
        }
    }
    if differences.is_empty() {
        for sql in indexing(table, words) {
            transaction.execute_unprepared(&sql).await.map_err(fault)?;
        }
    }
    Ok(differences)
}

/// Names that the database would cut off without an error.
fn too_long(dialect: Dialect, table: &Table) -> Vec<String> {
    let columns = table.columns.iter().map(|column| ("column", &column.name));
    std::iter::once(("table", &table.name))
        .chain(columns)
        .filter(|(_, name)| name.len() > dialect.longest_name())
        .map(|(kind, name)| format!("the name of {kind} {name} is longer than {} bytes", dialect.longest_name()))
        .collect()
}
