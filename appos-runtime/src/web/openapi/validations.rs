//! Checks of the `validator` crate as keywords of JSON Schema.

use serde_json::json;
use utoipa::Number;
use utoipa::openapi::RefOr;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::schema::{Object, Schema, SchemaFormat, SchemaType, Type};

use super::schemas::NO_NUL;
use crate::registry::Validation;

/// A schema with what the checks of a field add to it.
pub(super) fn validated(mut schema: Schema, validations: &[Validation]) -> Schema {
    for validation in validations {
        match (validation, &mut schema) {
            (Validation::Length { min, max, equal }, Schema::Object(object)) => {
                let (least, most) = length(equal.or(*min), equal.or(*max));
                object.min_length = least;
                object.max_length = most.or(object.max_length);
            }
            (Validation::Length { min, max, equal }, Schema::Array(array)) => {
                (array.min_items, array.max_items) = length(equal.or(*min), equal.or(*max));
            }
            (Validation::Range { .. }, Schema::Object(object)) => range(object, validation),
            (Validation::Range { .. }, Schema::AnyOf(any)) => {
                for item in &mut any.items {
                    if let RefOr::T(Schema::Object(object)) = item {
                        range(object, validation);
                    }
                }
            }
            // These formats know no NUL character: they say more than the pattern does.
            (Validation::Email, Schema::Object(object)) => format(object, "email"),
            (Validation::Url, Schema::Object(object)) => format(object, "uri"),
            (Validation::Contains(part), Schema::Object(object)) => {
                also(object, json!({ "pattern": escaped(part) }));
            }
            (Validation::DoesNotContain(part), Schema::Object(object)) => {
                also(object, json!({ "not": { "pattern": escaped(part) } }));
            }
            _ => {}
        }
    }
    schema
}

fn length(min: Option<u64>, max: Option<u64>) -> (Option<usize>, Option<usize>) {
    let size = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok());
    (size(min), size(max))
}

fn format(object: &mut Object, format: &str) {
    object.format = Some(SchemaFormat::Custom(format.to_owned()));
    object.pattern = object.pattern.take().filter(|pattern| pattern != NO_NUL);
}

/// A pattern that stands beside others: a schema has room for one only.
fn also(object: &mut Object, keyword: serde_json::Value) {
    let extensions = object.extensions.get_or_insert_with(Extensions::default);
    match extensions.get_mut("allOf") {
        Some(serde_json::Value::Array(all)) => all.push(keyword),
        _ => {
            extensions.insert("allOf".to_owned(), json!([keyword]));
        }
    }
}

/// A text as the pattern that finds it.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\^$.|?*+()[]{}/-".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

fn number(text: Option<&str>) -> Option<Number> {
    let text = text?;
    text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<f64>().map(Number::from)).ok()
}

/// For comparing only: what is written down stays exact.
#[expect(clippy::cast_precision_loss, reason = "limits are compared, not computed with")]
fn size(number: &Number) -> f64 {
    match number {
        Number::Int(number) => *number as f64,
        Number::UInt(number) => *number as f64,
        Number::Float(number) => *number,
    }
}

/// Limits of a number; of a decimal written as a text, only whether it can be negative.
fn range(object: &mut Object, validation: &Validation) {
    let Validation::Range { min, max, exclusive_min, exclusive_max } = validation else { return };
    let least = number(min.or(*exclusive_min));
    if is_text(object) {
        if least.as_ref().is_some_and(|least| size(least) >= 0.0) {
            object.pattern = object.pattern.take().map(|pattern| pattern.replacen("-?", "", 1));
        }
        return;
    }
    if let Some(min) = number(*min).filter(|min| object.minimum.as_ref().is_none_or(|own| size(own) < size(min))) {
        object.minimum = Some(min);
    }
    if let Some(max) = number(*max).filter(|max| object.maximum.as_ref().is_none_or(|own| size(own) > size(max))) {
        object.maximum = Some(max);
    }
    object.exclusive_minimum = number(*exclusive_min);
    object.exclusive_maximum = number(*exclusive_max);
}

fn is_text(object: &Object) -> bool {
    match &object.schema_type {
        SchemaType::Type(kind) => *kind == Type::String,
        SchemaType::Array(kinds) => kinds.contains(&Type::String),
        SchemaType::AnyValue => false,
    }
}
