//! Tables made and added to without a history: the statements for what is missing.

use super::column::Column;
use super::dialect::{Dialect, check, quoted, references};
use super::mysql;
use super::names;
use super::table::Table;

/// Whose words a statement is in: those of a database that has a history of migrations, or of one in which there are
/// only records of connected systems.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Words {
    History(Dialect),
    /// MariaDB or MySQL.
    Mysql,
}

/// The statement that makes a table. On PostgreSQL its references are
/// [statements of their own](missing_references), as tables may refer to each other in circles.
pub(crate) fn creation(table: &Table, dialect: Words) -> Result<String, String> {
    match dialect {
        Words::History(dialect) => dialect.create_alone(table),
        Words::Mysql => mysql::creation(table),
    }
}

/// The statements that make the indexes of a table which are not among these names.
pub(crate) fn indexing(table: &Table, known: impl Fn(&str) -> bool, dialect: Words) -> Vec<String> {
    let missing = table.indexes.iter().filter(|index| !known(&names::index(&table.name, index)));
    missing
        .map(|index| match dialect {
            Words::History(dialect) => dialect.create_index(table, index, "IF NOT EXISTS "),
            Words::Mysql => mysql::create_index(table, index),
        })
        .collect()
}

/// The statement that adds a column which existing rows can have without being asked.
pub(crate) fn addition(table: &Table, column: &Column, dialect: Words) -> Result<Option<String>, String> {
    let mut column = column.clone();
    if !column.nullable {
        column.default = column.default.or(column.fill.take());
        if column.default.is_none() {
            return Ok(None);
        }
    }
    let dialect = match dialect {
        Words::History(dialect) => dialect,
        Words::Mysql => return mysql::addition(table, &column).map(Some),
    };
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
pub(crate) fn missing_references(table: &Table, known: impl Fn(&str) -> bool, dialect: Words) -> Vec<String> {
    let missing = |column: &&Column| !known(&names::foreign_key(&table.name, &column.name));
    let keys = table.columns.iter().filter(missing).filter_map(|column| match dialect {
        Words::History(dialect) => dialect.named_foreign_key(&table.name, column),
        Words::Mysql => mysql::named_foreign_key(&table.name, column),
    });
    keys.map(|key| format!("ALTER TABLE {} ADD {key}", quoted(&table.name))).collect()
}
