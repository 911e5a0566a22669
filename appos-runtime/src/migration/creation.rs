//! Tables made and added to without a history: the statements for what is missing.

use super::column::Column;
use super::dialect::{Dialect, check, quoted, references};
use super::names;
use super::table::Table;

/// The statement that makes a table. On PostgreSQL its references are
/// [statements of their own](missing_references), as tables may refer to each other in circles.
pub(crate) fn creation(table: &Table, dialect: Dialect) -> Result<String, String> {
    dialect.create_alone(table)
}

/// The statements that make the indexes of a table, unless they are there.
pub(crate) fn indexing(table: &Table, dialect: Dialect) -> Vec<String> {
    table.indexes.iter().map(|index| dialect.create_index(table, index, "IF NOT EXISTS ")).collect()
}

/// The statement that adds a column which existing rows can have without being asked.
pub(crate) fn addition(table: &Table, column: &Column, dialect: Dialect) -> Result<Option<String>, String> {
    let mut column = column.clone();
    if !column.nullable {
        column.default = column.default.or(column.fill.take());
        if column.default.is_none() {
            return Ok(None);
        }
    }
    let mut definition = dialect.column(&column)?;
    match dialect {
        Dialect::Sqlite => {
            let constraints = [check(&column), column.references.as_ref().map(references)];
            constraints.into_iter().flatten().for_each(|constraint| {
                definition.push(' ');
                definition.push_str(&constraint);
            });
        }
        Dialect::Postgres => {
            if let Some(check) = dialect.named_check(&table.name, &column) {
                definition.push_str(", ADD ");
                definition.push_str(&check);
            }
        }
    }
    Ok(Some(format!("ALTER TABLE {} ADD COLUMN {definition}", quoted(&table.name))))
}

/// The statements that add the references of a table which are not among these names.
pub(crate) fn missing_references(table: &Table, known: impl Fn(&str) -> bool, dialect: Dialect) -> Vec<String> {
    let missing = |column: &&Column| !known(&names::foreign_key(&table.name, &column.name));
    let keys = table.columns.iter().filter(missing).filter_map(|column| dialect.named_foreign_key(&table.name, column));
    keys.map(|key| format!("ALTER TABLE {} ADD {key}", quoted(&table.name))).collect()
}
