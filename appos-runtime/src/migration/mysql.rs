//! Tables on MariaDB and MySQL: made new, and added to. Only records of connected systems are there, which have no
//! history of migrations.

use super::column::{Column, ColumnKind};
use super::dialect::{Dialect, check, quoted, references};
use super::names;
use super::table::{DELETED_AT, Index, Table};

/// True while a row is not deleted softly: what a unique index looks at that heeds only such rows. Neither database
/// has indexes over some rows, but no row without a value is like another.
const LIVE: &str = "appos_live";

/// How many characters a key can have: 3,072 bytes, of four a character.
const LONGEST_KEY: usize = 768;

/// The statement that makes a table. Its references are [statements of their own](super::missing_references).
pub(super) fn creation(table: &Table) -> Result<String, String> {
    let mut lines = table.columns.iter().map(|column| definition(table, column)).collect::<Result<Vec<_>, _>>()?;
    if table.indexes.iter().any(|index| index.live) {
        let deleted = quoted(DELETED_AT);
        lines.push(format!("{} tinyint AS (CASE WHEN {deleted} IS NULL THEN 1 END) VIRTUAL INVISIBLE", quoted(LIVE)));
    }
    lines.extend(table.columns.iter().filter_map(|column| named_check(table, column)));
    Ok(format!(
        "CREATE TABLE IF NOT EXISTS {} (\n    {}\n) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin",
        quoted(&table.name),
        lines.join(",\n    ")
    ))
}

/// The statement that adds a column.
pub(super) fn addition(table: &Table, column: &Column) -> Result<String, String> {
    let check = named_check(table, column).map(|check| format!(", ADD {check}")).unwrap_or_default();
    Ok(format!("ALTER TABLE {} ADD COLUMN {}{check}", quoted(&table.name), definition(table, column)?))
}

/// The statement that makes an index.
pub(super) fn create_index(table: &Table, index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let columns = index.columns.iter().map(String::as_str).chain(index.live.then_some(LIVE));
    let columns: Vec<String> = columns.map(quoted).collect();
    let name = quoted(&names::index(&table.name, index));
    format!("CREATE {unique}INDEX {name} ON {} ({})", quoted(&table.name), columns.join(", "))
}

/// The constraint of a column that refers to rows.
pub(super) fn named_foreign_key(table: &str, column: &Column) -> Option<String> {
    let key = column.references.as_ref()?;
    let name = quoted(&names::foreign_key(table, &column.name));
    Some(format!("CONSTRAINT {name} FOREIGN KEY ({}) {}", quoted(&column.name), references(key)))
}

fn named_check(table: &Table, column: &Column) -> Option<String> {
    Some(format!("CONSTRAINT {} {}", quoted(&names::check(&table.name, &column.name)), check(column)?))
}

/// Name, type, `NOT NULL` and default of a column.
fn definition(table: &Table, column: &Column) -> Result<String, String> {
    let mut text = format!("{} {}", quoted(&column.name), type_of(table, column));
    if column.kind == ColumnKind::Id {
        text.push_str(" NOT NULL AUTO_INCREMENT PRIMARY KEY");
    } else if !column.nullable {
        text.push_str(" NOT NULL");
    }
    if let Some(default) = &column.default {
        // Numbers and texts are written as on PostgreSQL, but for moments.
        let wrong = || format!("the default of column `{}` is no value of it: {default:?}", column.name);
        let value = default.sql(&column.kind, Dialect::Postgres).ok_or_else(wrong)?;
        let value = if column.kind == ColumnKind::DateTime { value.replace('T', " ").replace('Z', "") } else { value };
        text.push_str(" DEFAULT ");
        text.push_str(&value);
    }
    Ok(text)
}

fn type_of(table: &Table, column: &Column) -> String {
    match &column.kind {
        ColumnKind::Id | ColumnKind::Integer => "bigint".to_owned(),
        ColumnKind::Float => "double".to_owned(),
        ColumnKind::Decimal { scale } => format!("decimal(28,{scale})"),
        ColumnKind::Bool => "boolean".to_owned(),
        ColumnKind::Date => "date".to_owned(),
        ColumnKind::DateTime => "datetime(6)".to_owned(),
        ColumnKind::Uuid => "char(36) CHARACTER SET ascii COLLATE ascii_bin".to_owned(),
        ColumnKind::Json => "json".to_owned(),
        ColumnKind::Choice(choices) => {
            let longest = choices.iter().map(|choice| choice.chars().count()).max().unwrap_or(1);
            format!("varchar({})", longest.max(64))
        }
        ColumnKind::Text => {
            key_length(table, &column.name).map_or("longtext".to_owned(), |most| format!("varchar({most})"))
        }
    }
}

/// How long a text may be that is a part of an index: the parts of the largest index share its key.
fn key_length(table: &Table, column: &str) -> Option<usize> {
    let indexes = table.indexes.iter().filter(|index| index.columns.iter().any(|name| name == column));
    // What is no text takes little of a key.
    indexes.map(|index| (LONGEST_KEY - 32) / index.columns.len()).min()
}
