//! Values of record fields: the erased form that the generic service works with, and the
//! Rust types that a field may have.

mod decimal_literal;
mod field_access;
mod field_type;
mod field_value;
mod id;
pub(crate) mod json;
mod one;
mod relation;
mod restricted;
mod text;
mod uploaded_file;

#[doc(hidden)]
pub use decimal_literal::decimal_literal;
pub use field_access::FieldAccess;
pub use field_type::{Choice, ChoicesDescriptor, FieldType, Value};
pub use field_value::{ChoiceValue, FieldValue, ValueError};
pub use id::{Id, Ref};
pub use one::One;
pub use relation::Many;
pub use restricted::Restricted;
pub use uploaded_file::UploadedFile;

/// A calendar date without a time, `2026-11-24` in JSON.
pub type Date = chrono::NaiveDate;
/// A moment in UTC, `2026-11-24T20:30:00Z` in JSON; kept to the microsecond.
pub type DateTime = chrono::DateTime<chrono::Utc>;
/// Any JSON value.
pub type Json = serde_json::Value;
pub use rust_decimal::Decimal;
pub use uuid::Uuid;
