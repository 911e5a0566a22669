//! Checks of the `validator` crate on erased values: the same functions its derive calls.

use rust_decimal::Decimal;
use validator::{ValidateContains, ValidateDoesNotContain, ValidateEmail, ValidateLength, ValidateRange, ValidateUrl};

use crate::error::FieldError;
use crate::registry::{FieldDescriptor, Validation};
use crate::value::Value;

/// Adds every check that the value fails.
pub(super) fn validate(field: &FieldDescriptor, value: &Value, wrong: &mut Vec<FieldError>) {
    if matches!(value, Value::Null | Value::Hidden) {
        return;
    }
    for validation in field.validations {
        if let Some((code, message)) = fails(*validation, value) {
            wrong.push(FieldError { field: field.name.to_owned(), code: code.into(), message });
        }
    }
}

fn fails(validation: Validation, value: &Value) -> Option<(&'static str, String)> {
    let of_items = matches!(value, Value::Json(serde_json::Value::Array(_)));
    let good = match (validation, value) {
        (Validation::Length { min, max, equal }, Value::Text(text)) => text.validate_length(min, max, equal),
        (Validation::Length { min, max, equal }, Value::Json(serde_json::Value::Array(items))) => {
            items.validate_length(min, max, equal)
        }
        (Validation::Range { min, max, exclusive_min, exclusive_max }, value) => {
            let number = Number(number(value)?);
            let limit = |text: Option<&str>| text.and_then(|text| text.parse::<Decimal>().ok());
            number.validate_range(limit(min), limit(max), limit(exclusive_min), limit(exclusive_max))
        }
        (Validation::Email, Value::Text(text)) => text.validate_email(),
        (Validation::Url, Value::Text(text)) => text.validate_url(),
        (Validation::Contains(pattern), Value::Text(text)) => text.validate_contains(pattern),
        (Validation::DoesNotContain(pattern), Value::Text(text)) => text.validate_does_not_contain(pattern),
        _ => return None,
    };
    (!good).then(|| sentence(validation, of_items))
}

/// What is said of a value that fails a check, and its code.
pub(crate) fn sentence(validation: Validation, of_items: bool) -> (&'static str, String) {
    match validation {
        Validation::Length { min, max, equal } => {
            ("length", length_message(if of_items { "items" } else { "characters" }, min, max, equal))
        }
        Validation::Range { min, max, exclusive_min, exclusive_max } => {
            ("range", range_message(min, max, exclusive_min, exclusive_max))
        }
        Validation::Email => ("email", "must be an e-mail address".to_owned()),
        Validation::Url => ("url", "must be a URL".to_owned()),
        Validation::Contains(pattern) => ("contains", format!("must contain `{pattern}`")),
        Validation::DoesNotContain(pattern) => ("does_not_contain", format!("must not contain `{pattern}`")),
    }
}

/// A number of any field, for the range check.
struct Number(Decimal);

impl ValidateRange<Decimal> for Number {
    fn greater_than(&self, max: Decimal) -> Option<bool> {
        Some(self.0 > max)
    }

    fn less_than(&self, min: Decimal) -> Option<bool> {
        Some(self.0 < min)
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) => Some((*number).into()),
        Value::Decimal(number) => Some(*number),
        // Floats beyond the range of a decimal are beyond every limit that can be written.
        Value::Float(number) => {
            Some(Decimal::try_from(*number).unwrap_or(if *number > 0.0 { Decimal::MAX } else { Decimal::MIN }))
        }
        _ => None,
    }
}

fn length_message(of: &str, min: Option<u64>, max: Option<u64>, equal: Option<u64>) -> String {
    match (min, max, equal) {
        (_, _, Some(equal)) => format!("must have exactly {equal} {of}"),
        (Some(min), Some(max), _) => format!("must have {min} to {max} {of}"),
        (Some(min), None, _) => format!("must have at least {min} {of}"),
        (None, Some(max), _) => format!("must have at most {max} {of}"),
        (None, None, None) => format!("has a wrong number of {of}"),
    }
}

fn range_message(min: Option<&str>, max: Option<&str>, above: Option<&str>, below: Option<&str>) -> String {
    let parts = [("at least ", min), ("more than ", above), ("at most ", max), ("less than ", below)];
    let parts: Vec<String> = parts.iter().filter_map(|(word, limit)| Some(format!("{word}{}", (*limit)?))).collect();
    format!("must be {}", parts.join(" and "))
}
