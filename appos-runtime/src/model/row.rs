//! Rows without their type, and readers that give them one.

use super::FieldPass;
use crate::error::{AppOsError, Result};
use crate::registry::{ObjectDescriptor, ObjectDetail};
use crate::value::{DateTime, Id, Many, One, Ref, Value};

/// The values every row has.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemValues {
    /// Number of the row.
    pub id: i64,
    /// When it was created.
    pub created_at: DateTime,
    /// Who created it.
    pub created_by: Option<i64>,
    /// When it was last changed.
    pub updated_at: DateTime,
    /// Who last changed it.
    pub updated_by: Option<i64>,
    /// Count of its changes, from 1.
    pub version: i64,
}

/// One row: system values, and one value for each field of the descriptor, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The values every row has.
    pub system: SystemValues,
    /// The author's fields; `Null` in the place of a `Many`.
    pub values: Vec<Value>,
}

impl Row {
    /// A row.
    pub fn new(system: SystemValues, values: Vec<Value>) -> Self {
        Self { system, values }
    }
}

/// The record descriptor of an object that is known to be a record.
pub(crate) fn record_of(object: &'static ObjectDescriptor) -> &'static crate::registry::RecordDescriptor {
    match object.detail {
        ObjectDetail::Record(record) => record,
        // Only a wrong hand-written descriptor comes here: the macros write kind and detail together.
        _ => &EMPTY,
    }
}

/// The first field of a record that refers to another record, by place; of the unique ones, if
/// that is asked.
pub(crate) fn referring_field(object: &'static ObjectDescriptor, to: &str, unique: bool) -> Option<usize> {
    let refers = |field: &crate::registry::FieldDescriptor| match field.field_type {
        crate::value::FieldType::Reference(target) => target().reference == to && (field.unique || !unique),
        _ => false,
    };
    record_of(object).fields.iter().position(refers)
}

static EMPTY: crate::registry::RecordDescriptor = crate::registry::RecordDescriptor::NONE;

/// What a row is when its fields are filled in: its system values.
pub struct RowReader {
    object: &'static ObjectDescriptor,
    system: SystemValues,
}

impl RowReader {
    pub(crate) fn new(object: &'static ObjectDescriptor, system: SystemValues) -> Self {
        Self { object, system }
    }

    /// The next field, which is the other side of a reference.
    pub fn many<R>(&self, pass: &mut FieldPass) -> Many<R> {
        pass.skip();
        Many::of(self.system.id, self.object.reference)
    }

    /// The next field, which is the other side of a unique reference.
    pub fn one<R>(&self, pass: &mut FieldPass) -> One<R> {
        One(self.many(pass))
    }

    /// Number of the row.
    pub fn id<R>(&self) -> Id<R> {
        Id::new(self.system.id)
    }

    /// When it was created.
    pub fn created_at(&self) -> DateTime {
        self.system.created_at
    }

    /// Who created it.
    pub fn created_by<R>(&self) -> Option<Ref<R>> {
        self.system.created_by.map(Ref::from)
    }

    /// When it was last changed.
    pub fn updated_at(&self) -> DateTime {
        self.system.updated_at
    }

    /// Who last changed it.
    pub fn updated_by<R>(&self) -> Option<Ref<R>> {
        self.system.updated_by.map(Ref::from)
    }

    /// Count of its changes.
    pub fn version(&self) -> i64 {
        self.system.version
    }
}

/// Tells what did not fit in a pass that filled a struct.
pub(super) fn filled<T>(object: &'static ObjectDescriptor, filled: T, pass: &FieldPass) -> Result<T> {
    let Some((place, error)) = pass.error() else { return Ok(filled) };
    let name = record_of(object).fields.get(place).map_or("", |field| field.name);
    Err(AppOsError::from(error).field(name, "bad_stored_value", "does not fit its type"))
}
