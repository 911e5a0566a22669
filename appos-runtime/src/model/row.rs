//! Rows without their type, and readers that give them one.

use crate::error::{AppOsError, Result};
use crate::registry::{FieldDescriptor, ObjectDescriptor, ObjectDetail};
use crate::value::{DateTime, FieldValue, Id, Many, Ref, Value, ValueError};

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

static EMPTY: crate::registry::RecordDescriptor = crate::registry::RecordDescriptor {
    table: "",
    plural: "",
    type_name: "",
    display: None,
    audit_log: false,
    renamed_from: None,
    hooks: crate::registry::Hooks::NONE,
    fields: &[],
    unique: &[],
    indexes: &[],
};

/// Reads the fields of a row in order.
pub struct RowReader {
    object: &'static ObjectDescriptor,
    system: SystemValues,
    fields: std::slice::Iter<'static, FieldDescriptor>,
    values: std::vec::IntoIter<Value>,
}

impl RowReader {
    pub(crate) fn new(object: &'static ObjectDescriptor, row: Row) -> Self {
        let fields = record_of(object).fields.iter();
        Self { object, system: row.system, fields, values: row.values.into_iter() }
    }

    /// The next field.
    ///
    /// # Errors
    /// The stored value does not fit the type, or may not be read.
    pub fn field<T: FieldValue>(&mut self) -> Result<T> {
        self.field_with(T::from_value)
    }

    /// The next field, read by a function of its type.
    ///
    /// # Errors
    /// As [`field`](Self::field).
    pub fn field_with<T>(&mut self, from: FromValue<T>) -> Result<T> {
        read(&mut self.fields, self.values.next(), from)
    }

    /// The next field, which is the other side of a reference.
    pub fn many<R>(&mut self) -> Many<R> {
        let _ = (self.fields.next(), self.values.next());
        Many::of(self.system.id, self.object.reference)
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

/// How a type is read from a value.
type FromValue<T> = fn(Value) -> Result<T, ValueError>;

fn read<T>(
    fields: &mut std::slice::Iter<'static, FieldDescriptor>,
    value: Option<Value>,
    from: FromValue<T>,
) -> Result<T> {
    let name = fields.next().map_or("", |field| field.name);
    let value = value.ok_or_else(|| AppOsError::execution("a row has fewer values than its record has fields"))?;
    from(value).map_err(|error| AppOsError::from(error).field(name, "bad_stored_value", "does not fit its type"))
}

/// Reads the values of a row to be created, in the order of the fields.
pub struct ValueReader {
    fields: std::slice::Iter<'static, FieldDescriptor>,
    values: std::vec::IntoIter<Value>,
}

impl ValueReader {
    pub(crate) fn new(object: &'static ObjectDescriptor, values: Vec<Value>) -> Self {
        Self { fields: record_of(object).fields.iter(), values: values.into_iter() }
    }

    /// The next field.
    ///
    /// # Errors
    /// The value does not fit the type.
    pub fn field<T: FieldValue>(&mut self) -> Result<T> {
        self.field_with(T::from_value)
    }

    /// The next field, read by a function of its type.
    ///
    /// # Errors
    /// As [`field`](Self::field).
    pub fn field_with<T>(&mut self, from: FromValue<T>) -> Result<T> {
        read(&mut self.fields, self.values.next(), from)
    }

    /// Leaves a field without a column out.
    pub fn skip(&mut self) {
        let _ = (self.fields.next(), self.values.next());
    }
}

/// Reads the values of a change, in the order of the fields; `None`: left as it is.
pub struct PatchReader {
    fields: std::slice::Iter<'static, FieldDescriptor>,
    values: std::vec::IntoIter<Option<Value>>,
}

impl PatchReader {
    pub(crate) fn new(object: &'static ObjectDescriptor, values: Vec<Option<Value>>) -> Self {
        Self { fields: record_of(object).fields.iter(), values: values.into_iter() }
    }

    /// The next field.
    ///
    /// # Errors
    /// The value does not fit the type.
    pub fn field<T: FieldValue>(&mut self) -> Result<Option<T>> {
        self.field_with(T::from_value)
    }

    /// The next field, read by a function of its type.
    ///
    /// # Errors
    /// As [`field`](Self::field).
    pub fn field_with<T>(&mut self, from: FromValue<T>) -> Result<Option<T>> {
        match self.values.next() {
            Some(Some(value)) => read(&mut self.fields, Some(value), from).map(Some),
            _ => {
                self.fields.next();
                Ok(None)
            }
        }
    }

    /// Leaves a field without a column out.
    pub fn skip(&mut self) {
        let _ = (self.fields.next(), self.values.next());
    }
}
