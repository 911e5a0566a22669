//! Writes as clients send them.

use serde_json::{Map, Value};

use super::of_test;
use crate::error::Result;
use crate::model::Row;
use crate::record::{self, Input};
use crate::registry::ObjectDescriptor;

/// Writes a row from JSON as REST does, related rows with it: a new one, or one of which the id and
/// the version are named. It goes through dispatch like any write.
///
/// # Errors
/// Those of the write.
///
/// # Panics
/// Outside a test.
pub async fn write(
    object: &'static ObjectDescriptor,
    row: Option<(i64, i64)>,
    fields: Map<String, Value>,
) -> Result<Row> {
    of_test("write");
    match row {
        None => record::create(object, move || Ok(Input::Json(fields))).await,
        Some((id, version)) => record::update(object, id, move || Ok((Some(version), Input::Json(fields)))).await,
    }
}
