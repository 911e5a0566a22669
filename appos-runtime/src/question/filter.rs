//! Which rows a query string asks for, and in which order: `filter[field][op]`, `q`, `sort`.
//!
//! Names of fields become columns here, or an error; no text of a client goes further.

use std::collections::{BTreeMap, HashSet};

use chrono::{NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::parameters::wrong;
use super::period::{PERIODS, period};
use crate::error::{FieldError, Result};
use crate::model::{ColumnRef, Comparison, Condition, Direction, Sort, Target, TextMatch, record_of};
use crate::record::{Readable, column_type};
use crate::registry::ObjectDescriptor;
use crate::security::{Permission, Rights};
use crate::state::{Clock, Ctx};
use crate::value::{Date, FieldType, Value, json};

/// Most filters of a request that are more than one for each operator of each field.
const MAX_FILTERS: usize = 50;
/// Most filters of a request: below the depth to which SQLite reads an expression.
const MAX_ALL: usize = 800;
/// Most sort keys of a request.
pub(crate) const MAX_SORTS: usize = 8;
/// Most values of one `in`.
pub(crate) const MAX_VALUES: usize = 200;

/// Operators of a filter, as they are written.
pub(crate) const OPERATORS: [&str; 14] = [
    "eq",
    "ne",
    "lt",
    "lte",
    "gt",
    "gte",
    "in",
    "not_in",
    "between",
    "during",
    "contains",
    "starts_with",
    "ends_with",
    "null",
];

/// The filters of a request: all of them must hold, and of the groups of `or` one.
///
/// `filter[or][0][status]=draft&filter[or][1][total][gt]=100&filter[or][1][status]=sent` are rows
/// that are drafts, or sent and of more than 100: what has the same number belongs together.
#[derive(Default)]
pub(crate) struct Filters {
    all: Vec<Condition>,
    groups: BTreeMap<u8, Vec<Condition>>,
    /// Those that ask one field one thing, which a document can name.
    plain: HashSet<String>,
}

impl Filters {
    /// Reads one parameter, if it is a filter; false: it is none.
    pub(crate) fn take(
        &mut self,
        asking: (&'static ObjectDescriptor, &Readable, &Rights),
        (name, value): (&str, &str),
    ) -> Result<bool, FieldError> {
        let Some(path) = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']')) else { return Ok(false) };
        let group = path.strip_prefix("or][").and_then(|rest| rest.split_once("]["));
        match group.map(|(number, path)| (group_number(number), path)) {
            // A field can be called `or`, but no operator is a number.
            Some((Some(number), path)) => {
                let condition = related(asking, name, path, value)?;
                self.groups.entry(number).or_default().push(condition);
            }
            _ => {
                self.all.push(related(asking, name, path, value)?);
                if !path.contains('.') {
                    self.plain.insert(path.to_owned());
                }
            }
        }
        Ok(true)
    }

    /// Reads `q`.
    pub(crate) fn search(
        &mut self,
        object: &'static ObjectDescriptor,
        readable: &Readable,
        text: &str,
    ) -> Result<(), FieldError> {
        self.all.push(search(object, readable, text)?);
        Ok(())
    }

    /// What all of them say.
    pub(crate) fn conditions(self) -> Result<Vec<Condition>, FieldError> {
        let all = self.all.len().saturating_add(self.groups.values().map(Vec::len).sum());
        if all.saturating_sub(self.plain.len()) > MAX_FILTERS || all > MAX_ALL {
            let message = format!("at most {MAX_FILTERS} filters can be given beside one for each operator of a field");
            return Err(wrong("filter", "too_many", message));
        }
        let mut all = self.all;
        if !self.groups.is_empty() {
            all.push(Condition::Any(self.groups.into_values().map(Condition::All).collect()));
        }
        Ok(all)
    }
}

/// The number of a group, from 0 to 99.
fn group_number(text: &str) -> Option<u8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// A field that is not there, or not for this reader.
pub(crate) fn unknown_field(name: &str, field: &str) -> FieldError {
    wrong(
        name,
        "unknown_field",
        format!("`{}` is not a field that can be used here", field.chars().take(60).collect::<String>()),
    )
}

/// Reads a filter by a field, or by a field of the row that a reference leads to:
/// `customer.tier][eq`. What may not be viewed there is as unknown as what is not there.
fn related(
    (object, readable, rights): (&'static ObjectDescriptor, &Readable, &Rights),
    name: &str,
    path: &str,
    value: &str,
) -> Result<Condition, FieldError> {
    let Some((reference, rest)) = path.split_once('.') else { return filter(object, readable, name, path, value) };
    let unknown = || unknown_field(name, path);
    let column = readable.column(reference).ok_or_else(unknown)?;
    let FieldType::Reference(target) = column_type(object, column).0 else { return Err(unknown()) };
    let target = target();
    if !rights.allows(target, Permission::View) {
        return Err(unknown());
    }
    let condition = filter(target, &Readable::of(target, rights), name, rest, value)?;
    Ok(Condition::Refers(column, Target(target), Box::new(condition)))
}

/// Reads `field` or `field][op` with its value.
fn filter(
    object: &'static ObjectDescriptor,
    readable: &Readable,
    name: &str,
    path: &str,
    value: &str,
) -> Result<Condition, FieldError> {
    let (field, operator) = path.split_once("][").unwrap_or((path, "eq"));
    let column = readable.column(field).ok_or_else(|| unknown_field(name, field))?;
    let (field_type, _) = column_type(object, column);
    let misfit = |misfit: json::Misfit| wrong(name, misfit.code, misfit.message);
    let read = |text: &str| json::from_text(&field_type, false, text).map_err(misfit);
    let text = |place| match field_type {
        FieldType::Text if value.contains('\0') => {
            Err(wrong(name, "nul_character", "must not contain a NUL character"))
        }
        FieldType::Text => Ok(Condition::Text(column, place, value.to_owned())),
        _ => Err(wrong(name, "unknown_operator", format!("`{operator}` is for texts only"))),
    };
    let compare = |comparison| Ok(Condition::Compare(column, comparison, read(value)?));
    match operator {
        "eq" => compare(Comparison::Equal),
        "ne" => compare(Comparison::NotEqual),
        "lt" => compare(Comparison::Less),
        "lte" => compare(Comparison::LessOrEqual),
        "gt" => compare(Comparison::Greater),
        "gte" => compare(Comparison::GreaterOrEqual),
        "in" | "not_in" => {
            let values = value.split(',').map(read).collect::<Result<Vec<Value>, _>>()?;
            if values.len() > MAX_VALUES {
                return Err(wrong(name, "too_many", format!("at most {MAX_VALUES} values can be given")));
            }
            let among = Condition::In(column, values);
            Ok(if operator == "in" { among } else { !among })
        }
        "between" => match value.split_once(',') {
            Some((low, high)) => Ok(Condition::Compare(column, Comparison::GreaterOrEqual, read(low)?)
                .and(Condition::Compare(column, Comparison::LessOrEqual, read(high)?))),
            None => Err(wrong(name, "wrong_type", "must be the smallest and the largest value, with a comma between")),
        },
        "during" => during(name, (column, field_type), value),
        "contains" => text(TextMatch::Contains),
        "starts_with" => text(TextMatch::StartsWith),
        "ends_with" => text(TextMatch::EndsWith),
        "null" => match value {
            "true" => Ok(Condition::IsNull(column)),
            "false" => Ok(!Condition::IsNull(column)),
            _ => Err(wrong(name, "wrong_type", "must be true or false")),
        },
        _ => Err(wrong(name, "unknown_operator", format!("the operator must be one of {}", OPERATORS.join(", ")))),
    }
}

/// Reads `last_month`: from the first moment of a period to the one before its end.
fn during(name: &str, (column, field_type): (ColumnRef, FieldType), value: &str) -> Result<Condition, FieldError> {
    // Days are those of whoever asks.
    let (now, zone) = match Ctx::current() {
        Some(ctx) => (ctx.now(), ctx.preferences.time_zone),
        None => (Clock::default().now(), Tz::UTC),
    };
    let today = now.with_timezone(&zone).date_naive();
    let at = |day: Date| match field_type {
        FieldType::Date => Some(Value::Date(day)),
        FieldType::DateTime => {
            let midnight = day.and_time(NaiveTime::MIN);
            // Where the clock was put on at midnight, the day begins with the next hour there is.
            let first = zone.from_local_datetime(&midnight).earliest();
            let first = first.or_else(|| zone.from_local_datetime(&(midnight + TimeDelta::hours(1))).earliest());
            Some(Value::DateTime(first.map_or_else(|| midnight.and_utc(), |first| first.to_utc())))
        }
        _ => None,
    };
    let unknown = || wrong(name, "unknown_choice", format!("must be one of {}", PERIODS.join(", ")));
    let (first, end) = period(value, today).ok_or_else(unknown)?;
    match (at(first), at(end)) {
        (Some(first), Some(end)) => Ok(Condition::Compare(column, Comparison::GreaterOrEqual, first)
            .and(Condition::Compare(column, Comparison::Less, end))),
        _ => Err(wrong(name, "unknown_operator", "`during` is for dates only")),
    }
}

/// Reads `-created_at,name`.
pub(crate) fn sorts(readable: &Readable, value: &str) -> Result<Vec<Sort>, FieldError> {
    let mut sorts = Vec::new();
    for part in value.split(',') {
        let (field, direction) = match part.strip_prefix('-') {
            Some(field) => (field, Direction::Descending),
            None => (part, Direction::Ascending),
        };
        let column = readable.column(field).ok_or_else(|| unknown_field("sort", field))?;
        sorts.push(Sort { column, direction });
    }
    if sorts.len() > MAX_SORTS {
        return Err(wrong("sort", "too_many", format!("at most {MAX_SORTS} fields can be sorted by")));
    }
    Ok(sorts)
}

/// Rows in which some field that is searched contains the text.
fn search(object: &'static ObjectDescriptor, readable: &Readable, text: &str) -> Result<Condition, FieldError> {
    if text.contains('\0') {
        return Err(wrong("q", "nul_character", "must not contain a NUL character"));
    }
    let searched = record_of(object).fields.iter().enumerate();
    let searched = searched.filter(|(place, field)| field.search && readable.can_read(*place));
    let any = searched.map(|(place, _)| Condition::Text(ColumnRef::Field(place), TextMatch::Contains, text.to_owned()));
    Ok(Condition::Any(any.collect()))
}
