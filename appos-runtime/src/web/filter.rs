//! The query string of a list: `filter[field][op]`, `sort`, `limit`, `cursor`, `q`, `count`.
//!
//! Names of fields become columns here, or an error; no text of a client goes further.

use percent_encoding::percent_decode_str;

use crate::error::{AppOsError, FieldError, Result};
use crate::model::{ColumnRef, Comparison, Condition, Direction, Selection, Sort, TextMatch, record_of};
use crate::record::{Readable, column_type};
use crate::registry::ObjectDescriptor;
use crate::value::{FieldType, Value, json};

/// Rows of a page when none are asked for.
pub(super) const DEFAULT_LIMIT: u64 = 20;
/// Most rows of a page.
pub(super) const MAX_LIMIT: u64 = 200;
/// Most filters of a request.
const MAX_FILTERS: usize = 50;
/// Most sort keys of a request.
pub(super) const MAX_SORTS: usize = 8;
/// Most values of one `in`.
pub(super) const MAX_VALUES: usize = 200;

/// Operators of a filter, as they are written.
pub(super) const OPERATORS: [&str; 11] =
    ["eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "starts_with", "ends_with", "null"];

/// A decoded query string, in order.
pub(super) struct Parameters(Vec<(String, String)>);

fn bad_query(errors: Vec<FieldError>) -> AppOsError {
    AppOsError::validation("some query parameters are wrong").code_is("bad_query").with_fields(errors)
}

fn wrong(name: &str, code: &'static str, message: impl Into<String>) -> FieldError {
    FieldError { field: name.to_owned(), code: code.into(), message: message.into() }
}

impl Parameters {
    /// Decodes a query string.
    ///
    /// # Errors
    /// It is not UTF-8.
    pub(super) fn read(query: &str) -> Result<Self> {
        let decode = |text: &str| {
            let text = text.replace('+', " ");
            percent_decode_str(&text).decode_utf8().map(std::borrow::Cow::into_owned)
        };
        let mut all = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (Ok(name), Ok(value)) = (decode(name), decode(value)) else {
                return Err(bad_query(vec![wrong(
                    &part.chars().take(40).collect::<String>(),
                    "bad_encoding",
                    "is not UTF-8",
                )]));
            };
            all.push((name, value));
        }
        Ok(Self(all))
    }

    /// Refuses every parameter but these, each at most once.
    pub(super) fn only(&self, known: &[&str]) -> Result<()> {
        let mut errors = Vec::new();
        for (place, (name, _)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                errors.push(wrong(name, "unknown_parameter", "is not a parameter of this route"));
            } else if self.0[..place].iter().any(|(earlier, _)| earlier == name) {
                errors.push(wrong(name, "repeated", "stands more than once"));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(bad_query(errors)) }
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// What a list is asked for.
pub(super) struct Wanted {
    pub(super) selection: Selection,
    pub(super) count: bool,
}

/// Reads the parameters of a list as one principal may ask them.
///
/// # Errors
/// All wrong parameters at once. A field that may not be read is as unknown as one that does
/// not exist.
pub(super) fn wanted(
    object: &'static ObjectDescriptor,
    readable: &Readable,
    parameters: &Parameters,
) -> Result<Wanted> {
    let mut errors = Vec::new();
    let mut selection = Selection { limit: Some(DEFAULT_LIMIT), ..Selection::default() };
    let mut count = false;
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in &parameters.0 {
        if let Some(path) = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']')) {
            match filter(object, readable, name, path, value) {
                Ok(condition) => selection.conditions.push(condition),
                Err(error) => errors.push(error),
            }
            continue;
        }
        if seen.contains(&name.as_str()) {
            errors.push(wrong(name, "repeated", "stands more than once"));
            continue;
        }
        seen.push(name);
        match name.as_str() {
            "sort" => match sorts(readable, value) {
                Ok(sorts) => selection.sorts = sorts,
                Err(error) => errors.push(error),
            },
            "limit" => match value.parse::<u64>() {
                Ok(limit) if (1..=MAX_LIMIT).contains(&limit) => selection.limit = Some(limit),
                _ => {
                    errors.push(wrong(
                        "limit",
                        "out_of_range",
                        format!("must be a whole number from 1 to {MAX_LIMIT}"),
                    ));
                }
            },
            "cursor" => selection.cursor = Some(value.clone()),
            "count" => match value.as_str() {
                "true" => count = true,
                "false" => {}
                _ => errors.push(wrong("count", "wrong_type", "must be true or false")),
            },
            "q" => match search(object, readable, value) {
                Ok(condition) => selection.conditions.push(condition),
                Err(error) => errors.push(error),
            },
            _ => errors.push(wrong(name, "unknown_parameter", "is not a parameter of a list")),
        }
    }
    if selection.conditions.len() > MAX_FILTERS {
        errors.push(wrong("filter", "too_many", format!("at most {MAX_FILTERS} filters can be given")));
    }
    if errors.is_empty() { Ok(Wanted { selection, count }) } else { Err(bad_query(errors)) }
}

fn unknown_field(name: &str, field: &str) -> FieldError {
    wrong(
        name,
        "unknown_field",
        format!("`{}` is not a field that can be used here", field.chars().take(60).collect::<String>()),
    )
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
        "in" => {
            let values = value.split(',').map(read).collect::<Result<Vec<Value>, _>>()?;
            if values.len() > MAX_VALUES {
                return Err(wrong(name, "too_many", format!("at most {MAX_VALUES} values can be given")));
            }
            Ok(Condition::In(column, values))
        }
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

/// Reads `-created_at,name`.
fn sorts(readable: &Readable, value: &str) -> Result<Vec<Sort>, FieldError> {
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

/// Reads `cursor` and `limit` of a timeline: the entry to begin below, and how many to give.
pub(super) fn timeline_page(query: &str) -> Result<(Option<i64>, u64)> {
    let parameters = Parameters::read(query)?;
    parameters.only(&["cursor", "limit"])?;
    let mut errors = Vec::new();
    let before = parameters.get("cursor").map(|text| text.parse::<i64>().ok().filter(|id| *id > 0));
    if before == Some(None) {
        errors.push(wrong("cursor", "bad_cursor", "use the `next` of the same timeline"));
    }
    let limit = match parameters.get("limit").map(str::parse::<u64>) {
        None => DEFAULT_LIMIT,
        Some(Ok(limit)) if (1..=MAX_LIMIT).contains(&limit) => limit,
        Some(_) => {
            errors.push(wrong("limit", "out_of_range", format!("must be a whole number from 1 to {MAX_LIMIT}")));
            DEFAULT_LIMIT
        }
    };
    if errors.is_empty() { Ok((before.flatten(), limit)) } else { Err(bad_query(errors)) }
}
