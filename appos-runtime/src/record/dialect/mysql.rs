//! MariaDB and MySQL, for records of connected systems. Each type of field has the column that it would have if a
//! person made the table:
//!
//! | field | column |
//! |---|---|
//! | integers, references | `bigint` |
//! | `Decimal` | `decimal(28, scale)` |
//! | `f64` | `double` |
//! | `bool` | `boolean`, that is `tinyint(1)` |
//! | `Date`, `DateTime` | `date`, `datetime(6)` in UTC |
//! | `Uuid` | `char(36)` |
//! | `Json`, lists | `json` |
//! | texts, choices | `longtext`, in an index `varchar`, by the collation of bytes |
//!
//! Neither of the two answers a change with the rows it has changed: they are read again, in its transaction.

use chrono::{NaiveDateTime, SubsecRound};
use rust_decimal::Decimal;
use sea_orm::sea_query::{self, Expr, ExprTrait, Func};
use sea_orm::{DbErr, QueryResult, RuntimeErr};
use sqlx::mysql::MySqlDatabaseError;
use uuid::Uuid;

use super::seam::Fault;
use crate::value::json::scaled;
use crate::value::{Date, DateTime, FieldType, Value};

/// A moment as a parameter. Its microseconds are cut off here: the server would round them.
pub(super) fn moment(moment: &DateTime) -> sea_query::Value {
    sea_query::Value::ChronoDateTime(Some(moment.naive_utc().trunc_subsecs(6)))
}

/// A value as a parameter of a statement. `None`: it does not fit the column.
pub(super) fn to_column(field_type: &FieldType, value: Value) -> Option<sea_query::Value> {
    use sea_query::Value as Sql;
    Some(match (field_type, value) {
        (_, Value::Hidden) => return None,
        (_, Value::Null) => match field_type {
            FieldType::Integer { .. } | FieldType::Reference(_) | FieldType::Many(_) => Sql::BigInt(None),
            FieldType::Decimal { .. } => Sql::Decimal(None),
            FieldType::Float => Sql::Double(None),
            FieldType::Bool => Sql::Bool(None),
            FieldType::Date => Sql::ChronoDate(None),
            FieldType::DateTime => Sql::ChronoDateTime(None),
            FieldType::Uuid | FieldType::Json | FieldType::List(_) | FieldType::Text | FieldType::Choice(_) => {
                Sql::String(None)
            }
        },
        (FieldType::Decimal { scale }, Value::Decimal(number)) => {
            scaled(number, *scale)?;
            Sql::Decimal(Some(number))
        }
        (_, Value::Bool(value)) => Sql::Bool(Some(value)),
        (_, Value::Integer(value)) => Sql::BigInt(Some(value)),
        (_, Value::Float(value)) => Sql::Double(Some(value)),
        (_, Value::Text(value)) => Sql::String(Some(value)),
        (_, Value::Decimal(value)) => Sql::Decimal(Some(value)),
        (_, Value::Date(value)) => Sql::ChronoDate(Some(value)),
        (_, Value::DateTime(value)) => moment(&value),
        (_, Value::Uuid(value)) => Sql::String(Some(value.to_string())),
        (_, Value::Json(value)) => Sql::String(Some(value.to_string())),
    })
}

/// Reads a column as it is; `None`: it is empty.
fn get<'r, T>(row: &'r QueryResult, column: usize) -> Result<Option<T>, DbErr>
where
    T: sqlx::Decode<'r, sqlx::MySql> + sqlx::Type<sqlx::MySql>,
{
    let row = row.try_as_mysql_row().ok_or_else(|| DbErr::Type("the row is another database's".to_owned()))?;
    sqlx::Row::try_get(row, column).map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
}

fn bad(column: usize) -> DbErr {
    DbErr::Type(format!("column {column} does not hold a value of its field's type"))
}

/// Reads the column at a place of a result.
pub(super) fn from_column(field_type: &FieldType, row: &QueryResult, column: usize) -> Result<Value, DbErr> {
    fn read<'r, T>(row: &'r QueryResult, column: usize, value: impl FnOnce(T) -> Value) -> Result<Value, DbErr>
    where
        T: sqlx::Decode<'r, sqlx::MySql> + sqlx::Type<sqlx::MySql>,
    {
        Ok(get::<T>(row, column)?.map_or(Value::Null, value))
    }
    match field_type {
        FieldType::Many(_) => Ok(Value::Null),
        // Tables that others have made hold numbers without a sign, too.
        FieldType::Integer { .. } | FieldType::Reference(_) => match get::<i64>(row, column) {
            Ok(number) => Ok(number.map_or(Value::Null, Value::Integer)),
            Err(_) => match get::<u64>(row, column)?.map(i64::try_from) {
                None => Ok(Value::Null),
                Some(Ok(number)) => Ok(Value::Integer(number)),
                Some(Err(_)) => Err(bad(column)),
            },
        },
        FieldType::Decimal { .. } => read::<Decimal>(row, column, |number| Value::Decimal(number.normalize())),
        FieldType::Float => read::<f64>(row, column, Value::Float),
        FieldType::Bool => read::<bool>(row, column, Value::Bool),
        FieldType::Text | FieldType::Choice(_) => read::<String>(row, column, Value::Text),
        FieldType::Date => read::<Date>(row, column, Value::Date),
        FieldType::DateTime => read::<NaiveDateTime>(row, column, |moment| Value::DateTime(moment.and_utc())),
        FieldType::Uuid => match get::<String>(row, column)? {
            Some(text) => Uuid::parse_str(&text).map(Value::Uuid).map_err(|_| bad(column)),
            None => Ok(Value::Null),
        },
        // MariaDB's is a text, MySQL's is not; the driver reads both.
        FieldType::Json | FieldType::List(_) => read::<serde_json::Value>(row, column, Value::Json),
    }
}

/// Reads a moment that is always there.
pub(super) fn read_moment(row: &QueryResult, column: usize) -> Result<DateTime, DbErr> {
    get::<NaiveDateTime>(row, column)?.map(|moment| moment.and_utc()).ok_or_else(|| bad(column))
}

/// The column matches a pattern in which `\` takes the meaning from `%`, `_` and itself.
pub(super) fn matches(column: Expr, pattern: &str) -> Expr {
    // Sessions take `\` for itself, so that texts in statements are what they seem; patterns need another sign.
    let mut ours = String::with_capacity(pattern.len() + 8);
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('\\') => ours.push('\\'),
                next => ours.extend(std::iter::once('|').chain(next)),
            },
            '|' => ours.push_str("||"),
            other => ours.push(other),
        }
    }
    // By the collation of bytes large letters are others than small ones.
    let small = Expr::expr(Func::lower(Expr::val(ours)));
    Expr::cust_with_exprs("? LIKE ? ESCAPE '|'", [Expr::expr(Func::lower(column)), small])
}

/// A text between two marks, behind another text.
fn marked<'a>(message: &'a str, behind: &str, mark: char) -> Option<&'a str> {
    let (_, rest) = message.split_once(behind)?;
    rest.split_once(mark)?.1.split_once(mark).map(|(text, _)| text)
}

/// What an error is about, by its number. Both databases name things in their messages only.
pub(super) fn fault(error: &MySqlDatabaseError) -> Fault {
    let message = sqlx::error::DatabaseError::message(error);
    match error.number() {
        // Behind the value, which may have anything in it: `Duplicate entry 'x' for key 'index'`.
        1062 | 1169 | 1586 => message.rsplit_once(" for key ").map_or(Fault::UniqueColumns(Vec::new()), |(_, key)| {
            let key = key.trim_matches('\'');
            Fault::UniqueIndex(key.rsplit('.').next().unwrap_or(key).to_owned())
        }),
        1217 | 1451 => Fault::ForeignKey(None),
        1216 | 1452 => Fault::ForeignKey(marked(message, "CONSTRAINT", '`').map(str::to_owned)),
        3819 | 4025 => Fault::Check,
        1048 | 1364 => Fault::NotNull(marked(message, "", '\'').map(str::to_owned)),
        1205 | 1213 | 1412 => Fault::Conflict,
        1969 | 3024 => Fault::Slow,
        1264 | 1406 | 1690 => Fault::OutOfRange,
        1366 | 3988 => Fault::Unstorable,
        1021 | 1114 => Fault::Full,
        // The server ends, or has ended this connection.
        1053 | 1077 | 1079 | 1080 | 1317 | 1927 | 2006 | 2013 => Fault::Broken,
        // Too many connections, not let in, no memory, only a copy for reading.
        1037..=1045 | 1129 | 1130 | 1203 | 1226 | 1290 | 1698 | 1836 | 3118 => Fault::Unavailable,
        _ => Fault::Other,
    }
}

/// The sum of whole numbers stays whole: the server would make it decimal.
pub(super) fn whole(sum: Expr) -> Expr {
    sum.cast_as("SIGNED")
}
