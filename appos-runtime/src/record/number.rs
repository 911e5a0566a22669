//! Numbers of rows: counted in a table, in the transaction of the row, so that no number is
//! given twice or lost.

use chrono::Datelike;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::dialect::Dialect;
use super::fault::database_fault;
use super::sent::timed;
use crate::error::{AppOsError, Result};
use crate::registry::{FieldDescriptor, RecordDescriptor};
use crate::state::QueryCount;
use crate::value::{DateTime, FieldType, Value};

const TABLE: &str = "platform_counter";

/// Statements that make the table.
pub(super) fn tables(dialect: Dialect) -> Vec<String> {
    let table = "CREATE TABLE IF NOT EXISTS platform_counter (
        name {text} NOT NULL PRIMARY KEY, value {integer} NOT NULL)";
    vec![dialect.own_table(table)]
}

/// The next number of a field.
pub(super) async fn number(
    record: &RecordDescriptor,
    field: &FieldDescriptor,
    format: &str,
    now: &DateTime,
    connection: &impl ConnectionTrait,
    count: &QueryCount,
) -> Result<Value> {
    let mut insert = Query::insert();
    insert
        .into_table(TABLE)
        .columns(["name", "value"])
        .on_conflict(OnConflict::column("name").value("value", Expr::col((TABLE, "value")).add(1)).to_owned());
    insert
        .values([Expr::value(format!("{}.{}", record.table, field.column)), Expr::value(1_i64)])
        .map_err(|error| AppOsError::execution("the statement is wrong").caused_by(error))?
        .returning_col("value");
    let counted = timed(count, connection.query_one(&insert)).await.map_err(database_fault)?;
    let number: i64 = match counted {
        Some(row) => row.try_get_by_index(0).map_err(database_fault)?,
        None => return Err(AppOsError::execution("the database counted no number")),
    };
    Ok(match field.field_type {
        FieldType::Integer { .. } => Value::Integer(number),
        _ => Value::Text(formatted(format, number, now)),
    })
}

/// `INV-{year}-{number:6}` with its parts filled in; the macro has checked the format.
fn formatted(format: &str, number: i64, now: &DateTime) -> String {
    let mut text = String::with_capacity(format.len() + 8);
    let mut rest = format;
    while let Some((before, from)) = rest.split_once('{') {
        text.push_str(before);
        let (part, after) = from.split_once('}').unwrap_or((from, ""));
        let written = match part.split_once(':').unwrap_or((part, "")) {
            ("number", width) => format!("{number:0width$}", width = width.parse().unwrap_or(0)),
            ("year", _) => format!("{:04}", now.year()),
            ("month", _) => format!("{:02}", now.month()),
            ("day", _) => format!("{:02}", now.day()),
            _ => String::new(),
        };
        text.push_str(&written);
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn a_format_gets_its_parts() {
        let now = chrono::DateTime::from_timestamp(1_764_028_800, 0).unwrap_or_default();
        assert_eq!(formatted("INV-{year}-{number:6}", 42, &now), "INV-2025-000042");
        assert_eq!(formatted("{number}/{month}/{day}", 1_234_567, &now), "1234567/11/25");
    }
}
