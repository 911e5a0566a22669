//! JSON into field values, with a cause that names what was expected.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::{Date, DateTime, FieldType, Uuid, Value};

/// Why a JSON value does not fit a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    pub(crate) code: &'static str,
    pub(crate) message: Cow<'static, str>,
}

fn misfit(message: impl Into<Cow<'static, str>>) -> Misfit {
    Misfit { code: "wrong_type", message: message.into() }
}

/// Longest text a field takes, in bytes, whatever its own limit says.
const MAX_TEXT: usize = 1 << 20;

/// Reads a JSON value as a value of the field's type.
pub(crate) fn from_json(field_type: &FieldType, nullable: bool, json: Json) -> Result<Value, Misfit> {
    if json.is_null() {
        return if nullable {
            Ok(Value::Null)
        } else {
            Err(Misfit { code: "required", message: "must not be null".into() })
        };
    }
    match (field_type, json) {
        (FieldType::Text, Json::String(text)) => plain_text(text).map(Value::Text),
        (FieldType::Text, _) => Err(misfit("must be a text")),
        (FieldType::Integer { min, max }, json) => integer(&json, *min, *max),
        (FieldType::Float, json) => match json.as_f64() {
            Some(number) if json.is_number() && number.is_finite() => Ok(Value::Float(number)),
            _ => Err(misfit("must be a number")),
        },
        (FieldType::Decimal { scale }, json) => decimal(&json, *scale),
        (FieldType::Bool, Json::Bool(value)) => Ok(Value::Bool(value)),
        (FieldType::Bool, _) => Err(misfit("must be true or false")),
        (FieldType::Json, json) => bounded_json(json),
        (FieldType::List(item), Json::Array(items)) => list(item, items),
        (FieldType::List(_), _) => Err(misfit("must be a list")),
        (FieldType::Reference(_), json) => match whole(&json) {
            Some(id) if id > 0 => Ok(Value::Integer(id)),
            _ => Err(misfit("must be the id of a row: a whole number from 1")),
        },
        (FieldType::Many(_), _) => Err(Misfit { code: "read_only", message: "cannot be written here".into() }),
        (other, Json::String(text)) => from_text(other, nullable, &text),
        (FieldType::Choice(choices), _) => Err(not_a_choice(choices)),
        (FieldType::Date, _) => Err(misfit(DATE)),
        (FieldType::DateTime, _) => Err(misfit(DATE_TIME)),
        (FieldType::Uuid, _) => Err(misfit(UUID)),
    }
}

const DATE: &str = "must be a date such as 2026-11-24";
const DATE_TIME: &str = "must be a date with time and zone such as 2026-11-24T20:30:00Z";
const UUID: &str = "must be a UUID";

/// Reads a text, as it stands in a query string, as a value of the field's type.
pub(crate) fn from_text(field_type: &FieldType, nullable: bool, text: &str) -> Result<Value, Misfit> {
    match field_type {
        FieldType::Text => plain_text(text.to_owned()).map(Value::Text),
        FieldType::Integer { .. } | FieldType::Float | FieldType::Reference(_) => {
            let json: Json = serde_json::from_str(text).ok().filter(Json::is_number).unwrap_or(Json::Bool(false));
            from_json(field_type, nullable, json)
        }
        FieldType::Decimal { scale } => decimal(&Json::String(text.to_owned()), *scale),
        FieldType::Bool => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(misfit("must be true or false")),
        },
        FieldType::Date => text.parse::<Date>().map(Value::Date).ok().filter(in_calendar).ok_or_else(|| misfit(DATE)),
        FieldType::DateTime => date_time(text),
        FieldType::Uuid => Uuid::parse_str(text).map(Value::Uuid).map_err(|_| misfit(UUID)),
        FieldType::Choice(choices) => match choices.choices.iter().find(|choice| choice.value == text) {
            Some(choice) => Ok(Value::Text(choice.value.to_owned())),
            None => Err(not_a_choice(choices)),
        },
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) => Err(misfit("cannot be compared with a text")),
    }
}

/// Years of four digits only: others do not sort as text, and are typing mistakes.
fn in_calendar(value: &Value) -> bool {
    use chrono::Datelike;
    match value {
        Value::Date(date) => (1..=9999).contains(&date.year()),
        Value::DateTime(moment) => (1..=9999).contains(&moment.year()),
        _ => true,
    }
}

fn date_time(text: &str) -> Result<Value, Misfit> {
    use chrono::{SubsecRound, Utc};
    chrono::DateTime::parse_from_rfc3339(text)
        .map(|moment| -> DateTime { moment.with_timezone(&Utc).trunc_subsecs(6) })
        .map(Value::DateTime)
        .ok()
        .filter(in_calendar)
        .ok_or_else(|| misfit(DATE_TIME))
}

fn not_a_choice(choices: &super::ChoicesDescriptor) -> Misfit {
    let names: Vec<_> = choices.choices.iter().map(|choice| choice.value).collect();
    Misfit { code: "unknown_choice", message: format!("must be one of {}", names.join(", ")).into() }
}

fn plain_text(text: String) -> Result<String, Misfit> {
    if text.contains('\0') {
        return Err(Misfit { code: "nul_character", message: "must not contain a NUL character".into() });
    }
    if text.len() > MAX_TEXT {
        return Err(Misfit { code: "too_long", message: "must be at most 1 MiB long".into() });
    }
    Ok(text)
}

/// The whole number that JSON writes; `27.0` is one, too.
pub(crate) fn whole(json: &Json) -> Option<i64> {
    // Beyond 2^53 a floating-point number no longer tells one whole number from the next.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    json.as_i64().or_else(|| {
        let number = json.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= EXACT)?;
        #[expect(clippy::cast_possible_truncation, reason = "whole and within the exact range, as asked just now")]
        Some(number as i64)
    })
}

fn integer(json: &Json, min: i64, max: i64) -> Result<Value, Misfit> {
    if !json.is_number() {
        return Err(misfit("must be a whole number"));
    }
    match whole(json) {
        Some(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
        None if json.as_f64().is_some_and(|number| number.fract() != 0.0) => Err(misfit("must be a whole number")),
        _ => {
            Err(Misfit { code: "out_of_range", message: format!("must be a whole number from {min} to {max}").into() })
        }
    }
}

fn decimal(json: &Json, scale: u32) -> Result<Value, Misfit> {
    // serde_json keeps a number's shortest text, which is exact for what a person writes.
    let text = match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return Err(misfit("must be a decimal number")),
    };
    let number = Decimal::from_str_exact(&text)
        .or_else(|_| Decimal::from_scientific(&text))
        .map_err(|_| misfit("must be a decimal number"))?
        .normalize();
    if number.scale() > scale {
        return Err(Misfit {
            code: "too_precise",
            message: format!("must have at most {scale} digits after the point").into(),
        });
    }
    if scaled(number, scale).is_none() {
        return Err(Misfit { code: "out_of_range", message: "is too large".into() });
    }
    Ok(Value::Decimal(number))
}

/// The number as a whole number of its smallest unit: how SQLite keeps it exact and in order.
pub(crate) fn scaled(number: Decimal, scale: u32) -> Option<i64> {
    let mut number = number.normalize();
    if number.scale() > scale {
        return None;
    }
    number.rescale(scale);
    if number.scale() != scale {
        return None;
    }
    i64::try_from(number.mantissa()).ok()
}

fn list(item: &FieldType, items: Vec<Json>) -> Result<Value, Misfit> {
    let mut out = Vec::with_capacity(items.len());
    for (index, json) in items.into_iter().enumerate() {
        let value = from_json(item, false, json)
            .map_err(|cause| Misfit { code: cause.code, message: format!("item {index} {}", cause.message).into() })?;
        out.push(serde_json::to_value(value).unwrap_or(Json::Null));
    }
    Ok(Value::Json(Json::Array(out)))
}

fn bounded_json(json: Json) -> Result<Value, Misfit> {
    fn has_nul(json: &Json) -> bool {
        match json {
            Json::String(text) => text.contains('\0'),
            Json::Array(items) => items.iter().any(has_nul),
            Json::Object(entries) => entries.iter().any(|(key, value)| key.contains('\0') || has_nul(value)),
            _ => false,
        }
    }
    if has_nul(&json) {
        return Err(Misfit { code: "nul_character", message: "must not contain a NUL character".into() });
    }
    Ok(Value::Json(json))
}
