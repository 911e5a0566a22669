//! The erased value of a field and the type that says which values are allowed.

use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::{Date, DateTime, text};
use crate::registry::ObjectDescriptor;

/// What kind of value a field holds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum FieldType {
    /// UTF-8 text without NUL.
    Text,
    /// A whole number within the limits of the Rust type.
    Integer {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// A finite binary floating-point number.
    Float,
    /// An exact decimal number with up to `scale` digits after the point.
    Decimal {
        /// Digits kept after the point.
        scale: u32,
    },
    /// True or false.
    Bool,
    /// A calendar date.
    Date,
    /// A moment in UTC.
    DateTime,
    /// A UUID.
    Uuid,
    /// Any JSON value.
    Json,
    /// A list of values of one type.
    List(&'static FieldType),
    /// One of a fixed set of names.
    Choice(&'static ChoicesDescriptor),
    /// The id of a row of another record. A function, since records may refer to each other.
    Reference(fn() -> &'static ObjectDescriptor),
    /// Rows of another record that refer to this one; has no column.
    Many(fn() -> &'static ObjectDescriptor),
}

impl FieldType {
    /// The same type with another number of digits after the point, if it is a decimal.
    #[must_use]
    pub const fn with_scale(self, scale: u32) -> Self {
        match self {
            Self::Decimal { .. } => Self::Decimal { scale },
            other => other,
        }
    }
}

/// The names of a `#[choices]` enum.
#[derive(Debug)]
pub struct ChoicesDescriptor {
    /// Name of the Rust enum.
    pub type_name: &'static str,
    /// Choices in order.
    pub choices: &'static [Choice],
}

/// One name of a `#[choices]` enum.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// How it is stored and written in JSON, in snake case.
    pub value: &'static str,
    /// How it is shown to people.
    pub label: &'static str,
}

/// A value of a field, without its Rust type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// No value.
    Null,
    /// The principal may not read it.
    Hidden,
    /// True or false.
    Bool(bool),
    /// A whole number; also ids and references.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A text; also choices.
    Text(String),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A date.
    Date(Date),
    /// A moment.
    DateTime(DateTime),
    /// A UUID.
    Uuid(Uuid),
    /// JSON; also lists.
    Json(serde_json::Value),
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Hidden => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            // Text, since a JSON number would be read as binary floating point.
            Self::Decimal(value) => text::short(serializer, &format_args!("{value}")),
            Self::Date(value) => text::date(serializer, *value),
            Self::DateTime(value) => text::moment(serializer, value),
            Self::Uuid(value) => text::short(serializer, &format_args!("{value}")),
            Self::Json(value) => value.serialize(serializer),
        }
    }
}
