//! Cursors: where the next page begins, as a text that only the same query takes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::error::{AppOsError, Result};
use crate::model::{ColumnRef, Row, Selection, Sort, record_of};
use crate::registry::{ObjectDescriptor, SystemField};
use crate::value::{FieldType, Value, json};

/// The type of a column.
pub(crate) fn column_type(object: &'static ObjectDescriptor, column: ColumnRef) -> (FieldType, bool) {
    const ID: FieldType = FieldType::Integer { min: i64::MIN, max: i64::MAX };
    match column {
        ColumnRef::Field(index) => {
            record_of(object).fields.get(index).map_or((ID, true), |field| (field.field_type, field.nullable))
        }
        ColumnRef::Deleted => (FieldType::DateTime, true),
        ColumnRef::System(SystemField::CreatedAt | SystemField::UpdatedAt) => (FieldType::DateTime, false),
        ColumnRef::System(SystemField::CreatedBy | SystemField::UpdatedBy) => (ID, true),
        ColumnRef::System(SystemField::Id | SystemField::Version) => (ID, false),
    }
}

/// The value of a column in a row.
fn value_of(row: &Row, column: ColumnRef) -> Value {
    let id = |id: Option<i64>| id.map_or(Value::Null, Value::Integer);
    match column {
        ColumnRef::Field(index) => row.values.get(index).cloned().unwrap_or(Value::Null),
        // Nobody can sort by it: rows do not hold it.
        ColumnRef::Deleted => Value::Null,
        ColumnRef::System(SystemField::Id) => Value::Integer(row.system.id),
        ColumnRef::System(SystemField::CreatedAt) => Value::DateTime(row.system.created_at),
        ColumnRef::System(SystemField::CreatedBy) => id(row.system.created_by),
        ColumnRef::System(SystemField::UpdatedAt) => Value::DateTime(row.system.updated_at),
        ColumnRef::System(SystemField::UpdatedBy) => id(row.system.updated_by),
        ColumnRef::System(SystemField::Version) => Value::Integer(row.system.version),
    }
}

/// A short text that differs from query to query.
fn mark(object: &ObjectDescriptor, selection: &Selection, sorts: &[Sort]) -> String {
    let question = format!("{} {:?} {} {sorts:?}", object.reference, selection.conditions, selection.deleted);
    URL_SAFE_NO_PAD.encode(&Sha256::digest(question)[..9])
}

/// The cursor at a row: what comes after it, or before.
pub(super) fn at(object: &'static ObjectDescriptor, selection: &Selection, sorts: &[Sort], row: &Row) -> String {
    let values = sorts.iter().map(|sort| serde_json::to_value(value_of(row, sort.column)).unwrap_or(Json::Null));
    let parts: Vec<Json> = std::iter::once(Json::String(mark(object, selection, sorts))).chain(values).collect();
    URL_SAFE_NO_PAD.encode(Json::Array(parts).to_string())
}

/// The values a cursor holds, one for each sort key.
pub(super) fn read(
    object: &'static ObjectDescriptor,
    selection: &Selection,
    sorts: &[Sort],
    cursor: &str,
) -> Result<Vec<Value>> {
    let wrong = || {
        AppOsError::validation("the cursor is not one of this query").code_is("bad_cursor").field(
            "cursor",
            "bad_cursor",
            "use the `next` of the same query, with the same filters and sort",
        )
    };
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
    let parts: Vec<Json> = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    let mut parts = parts.into_iter();
    if parts.next() != Some(Json::String(mark(object, selection, sorts))) || parts.len() != sorts.len() {
        return Err(wrong());
    }
    sorts
        .iter()
        .zip(parts)
        .map(|(sort, part)| {
            let (field_type, nullable) = column_type(object, sort.column);
            json::from_json(&field_type, nullable, part).map_err(|_| wrong())
        })
        .collect()
}
