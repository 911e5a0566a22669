//! Values as schemas: as they are answered, as they are accepted, and as they stand in a
//! query string. The three differ, above all for decimals.

use serde_json::Value as Json;
use utoipa::openapi::schema::{
    AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type,
};

use super::validations::validated;
use crate::registry::FieldDescriptor;
use crate::value::{ChoicesDescriptor, FieldType};

/// Texts hold no NUL character, on any way in.
pub(super) const NO_NUL: &str = "^[^\\x00]*$";
/// Longest text of any field.
const MAX_TEXT: usize = 1 << 20;

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Answer,
    Body,
    Query,
}

/// A type, or the same type or null.
fn kind(kind: Type, nullable: bool) -> SchemaType {
    if nullable { [kind, Type::Null].into_iter().collect() } else { kind.into() }
}

fn plain(of: Type, nullable: bool) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind(of, nullable))
}

fn formatted(format: &str, nullable: bool) -> ObjectBuilder {
    plain(Type::String, nullable).format(Some(SchemaFormat::Custom(format.to_owned())))
}

/// A text that is accepted.
pub(super) fn text() -> ObjectBuilder {
    accepted_text(false)
}

fn accepted_text(nullable: bool) -> ObjectBuilder {
    plain(Type::String, nullable).pattern(Some(NO_NUL)).max_length(Some(MAX_TEXT))
}

fn integer(min: i64, max: i64, nullable: bool) -> ObjectBuilder {
    plain(Type::Integer, nullable)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(min))
        .maximum(Some(max))
}

/// The number of a row.
pub(super) fn row_id(nullable: bool) -> ObjectBuilder {
    integer(1, i64::MAX, nullable)
}

/// A moment.
pub(super) fn moment() -> ObjectBuilder {
    formatted("date-time", false)
}

fn choice(choices: &ChoicesDescriptor, nullable: bool) -> ObjectBuilder {
    let names = choices.choices.iter().map(|choice| Json::from(choice.value));
    let names = names.chain(nullable.then_some(Json::Null));
    plain(Type::String, nullable).enum_values(Some(names))
}

/// The pattern of a decimal. A stored one has at most eighteen digits: it is kept as a whole
/// number of its smallest unit.
pub(super) fn decimal_pattern(scale: u32, sign: &str) -> String {
    let whole = 18_u32.saturating_sub(scale).max(1);
    if scale == 0 {
        format!("^{sign}[0-9]{{1,{whole}}}$")
    } else {
        format!("^{sign}[0-9]{{1,{whole}}}(\\.[0-9]{{1,{scale}}})?$")
    }
}

fn decimal(scale: u32, nullable: bool, place: Place) -> Schema {
    let as_text = plain(Type::String, nullable);
    match place {
        Place::Answer if scale == 0 => as_text.pattern(Some("^-?[0-9]+$")).into(),
        Place::Answer => as_text.pattern(Some(format!("^-?[0-9]+(\\.[0-9]{{1,{scale}}})?$"))).into(),
        Place::Query => as_text.pattern(Some(decimal_pattern(scale, "-?"))).into(),
        Place::Body => {
            let largest = i64::MAX.checked_div(10_i64.checked_pow(scale).unwrap_or(i64::MAX)).unwrap_or(0);
            let number = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(-largest)).maximum(Some(largest));
            let step: f64 = format!("1e-{scale}").parse().unwrap_or(1.0);
            AnyOfBuilder::new()
                .item(as_text.pattern(Some(decimal_pattern(scale, "-?"))))
                .item(number.multiple_of(Some(step)))
                .build()
                .into()
        }
    }
}

/// Any JSON, or any but null.
fn json(nullable: bool) -> ObjectBuilder {
    let some = [Type::Object, Type::Array, Type::String, Type::Number, Type::Boolean].into_iter().collect();
    ObjectBuilder::new().schema_type(if nullable { SchemaType::AnyValue } else { some })
}

fn schema(field_type: &FieldType, nullable: bool, place: Place) -> Schema {
    match *field_type {
        FieldType::Text if place == Place::Answer => plain(Type::String, nullable).into(),
        FieldType::Text => accepted_text(nullable).into(),
        FieldType::Integer { min, max } => integer(min, max, nullable).into(),
        FieldType::Float => {
            plain(Type::Number, nullable).format(Some(SchemaFormat::KnownFormat(KnownFormat::Double))).into()
        }
        FieldType::Decimal { scale } => decimal(scale, nullable, place),
        FieldType::Bool => plain(Type::Boolean, nullable).into(),
        FieldType::Date => formatted("date", nullable).into(),
        FieldType::DateTime => formatted("date-time", nullable).into(),
        FieldType::Uuid => formatted("uuid", nullable).into(),
        FieldType::Json => json(nullable).into(),
        FieldType::List(item) => ArrayBuilder::new()
            .schema_type(kind(Type::Array, nullable))
            .items(utoipa::openapi::RefOr::T(schema(item, false, place)))
            .build()
            .into(),
        FieldType::Choice(choices) => choice(choices, nullable).into(),
        FieldType::Reference(_) => row_id(nullable).into(),
        // It has no column and stands in no document.
        FieldType::Many(_) => json(true).into(),
    }
}

/// A field as it is answered.
pub(super) fn answered(field: &FieldDescriptor) -> Schema {
    described(schema(&field.field_type, field.nullable, Place::Answer), field)
}

/// A field as it is accepted.
pub(super) fn accepted(field: &FieldDescriptor) -> Schema {
    let schema = schema(&field.field_type, field.nullable, Place::Body);
    described(validated(schema, field.validations), field)
}

/// A value of this type in a query string; none, if it cannot be compared with a text.
pub(super) fn asked(field_type: &FieldType) -> Option<Schema> {
    match field_type {
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) => None,
        other => Some(schema(other, false, Place::Query)),
    }
}

/// Says what a field is for.
fn described(mut schema: Schema, field: &FieldDescriptor) -> Schema {
    let refers = match field.field_type {
        FieldType::Reference(to) => format!("Id of a row of `{}`.", to().reference),
        FieldType::Decimal { scale } => format!("Exact, with at most {scale} digits after the point."),
        _ => String::new(),
    };
    let label = if field.label.is_empty() { String::new() } else { format!("{}.", field.label) };
    let parts = [label.as_str(), field.description, refers.as_str()].into_iter().filter(|part| !part.is_empty());
    let text = Some(parts.collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty());
    match &mut schema {
        Schema::Object(object) => object.description = text,
        Schema::Array(array) => array.description = text,
        Schema::AnyOf(any) => any.description = text,
        _ => {}
    }
    schema
}
