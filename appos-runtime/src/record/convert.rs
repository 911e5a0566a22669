//! Values to and from columns. SQLite has few types; each of ours has one form there that
//! keeps it exact and in order:
//!
//! | field | column |
//! |---|---|
//! | `Decimal` | INTEGER, counted in the smallest unit of the field's scale |
//! | `Date`, `DateTime` | TEXT, ISO 8601, always of the same length |
//! | `Uuid`, choices | TEXT |
//! | `Json`, lists | TEXT of JSON |

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use sea_orm::{DbErr, QueryResult, sea_query};
use uuid::Uuid;

use crate::value::json::scaled;
use crate::value::{Date, DateTime, FieldType, Value};

const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// The text of a moment in a column.
pub(super) fn moment_text(moment: &DateTime) -> String {
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

/// Reads the column at a place of a result.
pub(super) fn from_column(field_type: &FieldType, row: &QueryResult, column: usize) -> Result<Value, DbErr> {
    fn get<T: sea_orm::TryGetable>(row: &QueryResult, column: usize) -> Result<Option<T>, DbErr> {
        row.try_get_by_index(column)
    }
    let text = |parse: &dyn Fn(String) -> Option<Value>| match get::<String>(row, column)? {
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
        FieldType::Text | FieldType::Choice(_) => text(&|text| Some(Value::Text(text))),
        FieldType::Date => text(&|text| text.parse::<Date>().ok().map(Value::Date)),
        FieldType::DateTime => text(&|text| parse_moment(&text).map(Value::DateTime)),
        FieldType::Uuid => text(&|text| Uuid::parse_str(&text).ok().map(Value::Uuid)),
        FieldType::Json | FieldType::List(_) => text(&|text| serde_json::from_str(&text).ok().map(Value::Json)),
    }
}

/// Reads the text of a moment.
pub(super) fn parse_moment(text: &str) -> Option<DateTime> {
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
