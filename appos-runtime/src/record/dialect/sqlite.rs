//! SQLite. It has few types of columns; each of ours has one form there that keeps it exact
//! and in order:
//!
//! | field | column |
//! |---|---|
//! | `Decimal` | INTEGER, counted in the smallest unit of the field's scale |
//! | `Date`, `DateTime` | TEXT, ISO 8601, always of the same length |
//! | `Uuid`, choices | TEXT |
//! | `Json`, lists | TEXT of JSON |

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use sea_orm::sea_query;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, QueryResult, RuntimeErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use uuid::Uuid;

use super::seam::Fault;
use crate::value::json::scaled;
use crate::value::{Date, DateTime, FieldType, Value};

const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// The text of a moment in a column.
pub(in crate::record) fn moment_text(moment: &DateTime) -> String {
    moment.format(MOMENT).to_string()
}

/// A value as a parameter of a statement. `None`: it does not fit the column.
pub(super) fn to_column(field_type: &FieldType, value: Value) -> Option<sea_query::Value> {
    use sea_query::Value as Sql;
    Some(match (field_type, value) {
        (_, Value::Hidden) => return None,
        (FieldType::Integer { .. } | FieldType::Decimal { .. } | FieldType::Reference(_), Value::Null) => {
            Sql::BigInt(None)
        }
        (FieldType::Float, Value::Null) => Sql::Double(None),
        (FieldType::Bool, Value::Null) => Sql::Bool(None),
        (_, Value::Null) => Sql::String(None),
        (FieldType::Decimal { scale }, Value::Decimal(number)) => Sql::BigInt(Some(scaled(number, *scale)?)),
        (_, Value::Bool(value)) => Sql::Bool(Some(value)),
        (_, Value::Integer(value)) => Sql::BigInt(Some(value)),
        (_, Value::Float(value)) => Sql::Double(Some(value)),
        (_, Value::Text(value)) => Sql::String(Some(value)),
        (_, Value::Decimal(value)) => Sql::String(Some(value.to_string())),
        (_, Value::Date(value)) => Sql::String(Some(value.format("%Y-%m-%d").to_string())),
        (_, Value::DateTime(value)) => Sql::String(Some(moment_text(&value))),
        (_, Value::Uuid(value)) => Sql::String(Some(value.to_string())),
        (_, Value::Json(value)) => Sql::String(Some(value.to_string())),
    })
}

fn bad(column: usize) -> DbErr {
    DbErr::Type(format!("column {column} does not hold a value of its field's type"))
}

/// Read from the driver's row: `QueryResult` has an error made for every column without a value,
/// and a copy of every text.
fn get<'r, T>(row: &'r QueryResult, column: usize) -> Result<Option<T>, DbErr>
where
    T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    let row = row.try_as_sqlite_row().ok_or_else(|| bad(column))?;
    sqlx::Row::try_get(row, column).map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
}

/// Reads the column at a place of a result.
pub(super) fn from_column(field_type: &FieldType, row: &QueryResult, column: usize) -> Result<Value, DbErr> {
    let text = |parse: &dyn Fn(&str) -> Option<Value>| match get::<&str>(row, column)? {
        Some(text) => parse(text).ok_or_else(|| bad(column)),
        None => Ok(Value::Null),
    };
    match field_type {
        FieldType::Many(_) => Ok(Value::Null),
        FieldType::Integer { .. } | FieldType::Reference(_) => {
            Ok(get::<i64>(row, column)?.map_or(Value::Null, Value::Integer))
        }
        FieldType::Decimal { scale } => Ok(get::<i64>(row, column)?
            .map_or(Value::Null, |units| Value::Decimal(Decimal::new(units, *scale).normalize()))),
        FieldType::Float => Ok(get::<f64>(row, column)?.map_or(Value::Null, Value::Float)),
        FieldType::Bool => Ok(get::<bool>(row, column)?.map_or(Value::Null, Value::Bool)),
        FieldType::Text | FieldType::Choice(_) => text(&|text| Some(Value::Text(text.to_owned()))),
        FieldType::Date => text(&|text| text.parse::<Date>().ok().map(Value::Date)),
        FieldType::DateTime => text(&|text| parse_moment(text).map(Value::DateTime)),
        FieldType::Uuid => text(&|text| Uuid::parse_str(text).ok().map(Value::Uuid)),
        FieldType::Json | FieldType::List(_) => text(&|text| serde_json::from_str(text).ok().map(Value::Json)),
    }
}

/// Reads the text of a moment.
pub(in crate::record) fn parse_moment(text: &str) -> Option<DateTime> {
    let own = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.fZ").ok();
    own_moment(text.as_bytes()).or_else(own).map(|moment| moment.and_utc())
}

/// Reads the form of [`moment_text`]: every row has two of them, and chrono reads its pattern
/// anew for each.
fn own_moment(text: &[u8]) -> Option<NaiveDateTime> {
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'.'), (26, b'Z')];
    if text.len() != 27 || marks.iter().any(|(place, mark)| text.get(*place) != Some(mark)) {
        return None;
    }
    let number = |places: std::ops::Range<usize>| {
        text.get(places)?
            .iter()
            .try_fold(0_u32, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
    };
    let day = Date::from_ymd_opt(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)?;
    day.and_hms_micro_opt(number(11..13)?, number(14..16)?, number(17..19)?, number(20..26)?)
}

/// Reads a moment that is always there.
pub(super) fn read_moment(row: &QueryResult, column: usize) -> Result<DateTime, DbErr> {
    get::<&str>(row, column)?.and_then(parse_moment).ok_or_else(|| bad(column))
}

/// Statements that keep a table from being changed otherwise than by new rows.
pub(super) fn append_only(table: &str) -> Vec<String> {
    let trigger = |name: &str, event: &str| {
        format!(
            "CREATE TRIGGER IF NOT EXISTS {table}_no_{name} BEFORE {event} ON {table} \
             BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END"
        )
    };
    vec![trigger("update", "UPDATE"), trigger("delete", "DELETE")]
}

/// Begins a transaction: at once the only writer, so that it cannot fail half-way for another.
pub(super) async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    writer.begin_with_options(options).await
}

/// What an error is about, by its extended result code.
pub(super) fn fault(error: &dyn sqlx::error::DatabaseError) -> Fault {
    let message = error.message();
    let code: i32 = error.code().and_then(|code| code.parse().ok()).unwrap_or_default();
    match (code, code & 0xff) {
        // It names the columns: `UNIQUE constraint failed: crm_customer.email`.
        (1555 | 2067, _) => {
            let named = message.rsplit("failed: ").next().unwrap_or_default();
            let columns = named.split(',').filter_map(|column| column.trim().rsplit('.').next());
            Fault::UniqueColumns(columns.map(str::to_owned).collect())
        }
        (787, _) => Fault::ForeignKey(None),
        // RESTRICT is reported as a trigger's failure, not as a foreign key's.
        (1811, _) if message.contains("FOREIGN KEY constraint failed") => Fault::ForeignKey(None),
        (275, _) => Fault::Check,
        (1299, _) => Fault::NotNull(message.rsplit('.').next().map(str::to_owned)),
        (_, 13) => Fault::Full,
        // Locked by another program; a disk that fails; a file that is gone or may not be written.
        (_, 5 | 6 | 8 | 10 | 14) => Fault::Unavailable,
        _ => Fault::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{moment_text, own_moment, parse_moment};

    #[test]
    fn the_own_form_of_a_moment_is_read_as_chrono_reads_it() {
        for text in ["2026-11-24T20:30:00.000000Z", "0001-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.999999Z"] {
            let moment = chrono::DateTime::parse_from_rfc3339(text).expect("a moment").to_utc();
            assert_eq!(own_moment(text.as_bytes()), Some(moment.naive_utc()));
            assert_eq!(parse_moment(text), Some(moment));
            assert_eq!(moment_text(&moment), text);
        }
    }

    #[test]
    fn other_forms_of_a_moment_are_read_or_refused() {
        assert!(parse_moment("2026-11-24T20:30:00Z").is_some());
        for text in [
            "2026-02-30T00:00:00.000000Z",
            "2026-11-24T24:00:00.000000Z",
            "2026-11-24 20:30:00.000000Z",
            "20é6-11-24T20:30:00.00000Z",
            "",
        ] {
            assert_eq!(parse_moment(text), None, "{text}");
        }
    }
}
