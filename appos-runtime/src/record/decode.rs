//! Rows as a database answers them.

use sea_orm::{DbErr, QueryResult};

use super::dialect::Dialect;
use super::external;
use crate::model::{Row, SystemValues, record_of};
use crate::registry::{ObjectDescriptor, SystemField};
use crate::value::Value;

/// A result in the order of [`all_columns`](super::select::all_columns).
pub(super) fn decode(object: &'static ObjectDescriptor, dialect: Dialect, row: &QueryResult) -> Result<Row, DbErr> {
    if record_of(object).external {
        return external::decode(object, dialect, row);
    }
    let system = SystemValues {
        id: row.try_get_by_index(0)?,
        created_at: dialect.read_moment(row, 1)?,
        created_by: dialect.read_id(row, 2)?,
        updated_at: dialect.read_moment(row, 3)?,
        updated_by: dialect.read_id(row, 4)?,
        version: row.try_get_by_index(5)?,
    };
    Ok(Row::new(system, decode_fields(object, dialect, row)?))
}

/// The values of the fields.
pub(super) fn decode_fields(
    object: &'static ObjectDescriptor,
    dialect: Dialect,
    row: &QueryResult,
) -> Result<Vec<Value>, DbErr> {
    let mut column = SystemField::ALL.len();
    let mut values = Vec::with_capacity(record_of(object).fields.len());
    for field in record_of(object).fields {
        if field.is_stored() {
            values.push(dialect.read_column(&field.field_type, row, column)?);
            column += 1;
        } else {
            values.push(Value::Null);
        }
    }
    Ok(values)
}
