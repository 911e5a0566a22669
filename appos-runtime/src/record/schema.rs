//! Tables of a platform without migrations: created when they are missing, and added to.

use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction};

use super::dialect::{Dialect, SetUp};
use crate::config::Migrate;
use crate::error::{AppOsError, Result};
use crate::migration::{Table, addition, creation, indexing, missing_references, tables, tables_of};
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
    let dialect = Dialect::of(database);
    make(database, (&own_tables(dialect), &tables(registry))).await
}

/// Does the same for the records of a connected system, or compares its tables with them.
///
/// # Errors
/// The same; or the tables differ, and are not to be changed.
pub(super) async fn prepare_system(
    registry: &'static Registry,
    database: &DatabaseConnection,
    system: &str,
    migrate: Option<Migrate>,
) -> Result<()> {
    let own = tables_of(registry, Some(system), false);
    let mut compared = tables_of(registry, Some(system), true);
    if migrate == Some(Migrate::Auto) {
        make(database, (&[], &own)).await?;
    } else {
        compared.extend(own);
    }
    let dialect = Dialect::of(database);
    let mut differences = Vec::new();
    for table in &compared {
        let existing = dialect.columns_of(database, &table.name).await.map_err(super::database_fault)?;
        if existing.is_empty() {
            differences.push(format!("there is no table {}", table.name));
        } else {
            let missing = table.columns.iter().filter(|column| !existing.contains(&column.name));
            differences.extend(missing.map(|column| format!("table {} has no column {}", table.name, column.name)));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(mismatch(differences)) }
}

fn mismatch(differences: Vec<String>) -> AppOsError {
    let error = SchemaError { differences };
    AppOsError::dispatch(error.to_string()).code_is("schema_mismatch").caused_by(error)
}

/// Runs statements that make the platform's own tables, and makes those of records or adds what they lack.
async fn make(database: &DatabaseConnection, (own, tables): (&[String], &[Table])) -> Result<()> {
    let fault = super::database_fault;
    let dialect = Dialect::of(database);
    let transaction = dialect.begin(database).await.map_err(fault)?;
    // Of several programs that start at the same time, one creates the tables.
    dialect.alone(SetUp::Schema, &transaction).await.map_err(fault)?;
    for sql in own {
        transaction.execute_unprepared(sql).await.map_err(fault)?;
    }
    let mut differences = Vec::new();
    for table in tables {
        differences.extend(too_long(dialect, table));
        differences.extend(complete(dialect, &transaction, table).await?);
    }
    if !differences.is_empty() {
        return Err(mismatch(differences));
    }
    if dialect.adds_references() {
        let known = dialect.references(&transaction).await.map_err(fault)?;
        for table in tables {
            for sql in missing_references(table, |name| known.contains(name), dialect.words()) {
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
    let words = dialect.words();
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
        let known = dialect.indexes(transaction).await.map_err(fault)?;
        for sql in indexing(table, |name| known.contains(name), words) {
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
