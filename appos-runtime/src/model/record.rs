//! What every `#[record]` struct can do.

#[cfg(feature = "db")]
use futures_util::FutureExt;

use super::query::{Query, RecordQuery};
use super::row::{PatchReader, Row, RowReader, ValueReader};
#[cfg(feature = "db")]
use crate::error::AppOsError;
use crate::error::Result;
use crate::registry::ObjectDescriptor;
#[cfg(feature = "db")]
use crate::value::Id;
use crate::value::{Many, Value};

/// A `#[record]` struct: one row of its table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a record",
    note = "a record is a struct with `#[record(..)]`"
)]
pub trait Record: Sized + Send + Sync + 'static {
    /// What a new row needs: `NewCustomer`.
    type New: NewRecord<Record = Self>;
    /// What a change may name: `CustomerPatch`.
    type Patch: PatchRecord<Record = Self>;
    /// The record's query: `CustomerQuery`.
    type Query: RecordQuery<Record = Self>;
    /// The record's typed columns: `CustomerColumns`.
    type Columns: 'static;
    /// The typed columns.
    const COLUMNS: &'static Self::Columns;

    /// The object's descriptor.
    fn object() -> &'static ObjectDescriptor;

    /// A row with its type.
    ///
    /// # Errors
    /// A stored value does not fit its field.
    fn from_row(row: &mut RowReader) -> Result<Self>;

    /// The row without its type.
    fn to_row(&self) -> Row;

    /// A query over all rows the principal may view.
    fn query() -> Self::Query {
        Self::Query::from_inner(Query::default())
    }

    /// The row with this id; needs `view`.
    ///
    /// # Errors
    /// Refused, or there is no such row (code `record_not_found`).
    #[cfg(feature = "db")]
    fn get(id: impl Into<Id<Self>>) -> impl Future<Output = Result<Self>> + Send {
        crate::record::typed::get::<Self>(id.into().get())
    }

    /// The row with this id, if there is one; needs `view`.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn find(id: impl Into<Id<Self>>) -> impl Future<Output = Result<Option<Self>>> + Send {
        crate::record::typed::get::<Self>(id.into().get()).map(|row| match row {
            Ok(row) => Ok(Some(row)),
            Err(error) if AppOsError::code(&error) == "record_not_found" => Ok(None),
            Err(error) => Err(error),
        })
    }

    /// Adds a row; needs `create`.
    ///
    /// # Errors
    /// Refused, or the values are wrong: all wrong fields at once.
    #[cfg(feature = "db")]
    fn create(new: Self::New) -> impl Future<Output = Result<Self>> + Send {
        crate::record::typed::create::<Self>(new.into_values())
    }

    /// Changes this row if nobody changed it since it was read; needs `update`.
    ///
    /// # Errors
    /// Refused, the values are wrong, or the row was changed meanwhile (code `stale_version`).
    #[cfg(feature = "db")]
    fn update(self, patch: Self::Patch) -> impl Future<Output = Result<Self>> + Send {
        let system = self.to_row().system;
        crate::record::typed::update::<Self>(system.id, system.version, patch.into_values())
    }

    /// Removes this row if nobody changed it since it was read; needs `delete`.
    ///
    /// # Errors
    /// Refused, the row was changed meanwhile, or other rows refer to it.
    #[cfg(feature = "db")]
    fn delete(self) -> impl Future<Output = Result<()>> + Send {
        let system = self.to_row().system;
        crate::record::typed::delete(Self::object(), system.id, system.version)
    }

    /// The audit log of this row, newest first; needs `view`.
    ///
    /// # Errors
    /// Refused, or the record keeps no audit log.
    #[cfg(feature = "db")]
    fn timeline(&self) -> impl Future<Output = Result<Vec<crate::record::AuditEntry>>> + Send {
        crate::record::typed::timeline(Self::object(), self.to_row().system.id)
    }

    /// Number of rows; needs `view`.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn count() -> impl Future<Output = Result<u64>> + Send {
        Self::query().count()
    }
}

/// What a new row needs.
pub trait NewRecord: Sized + Send {
    /// The record.
    type Record: Record;
    /// One value for each field of the descriptor, in order.
    fn into_values(self) -> Vec<Value>;
    /// From one value for each field.
    ///
    /// # Errors
    /// A value does not fit its field.
    fn from_values(values: &mut ValueReader) -> Result<Self>;
}

/// What a change may name.
pub trait PatchRecord: Sized + Send {
    /// The record.
    type Record: Record;
    /// One value for each field of the descriptor, in order; `None`: left as it is.
    fn into_values(self) -> Vec<Option<Value>>;
    /// From one value for each field.
    ///
    /// # Errors
    /// A value does not fit its field.
    fn from_values(values: &mut PatchReader) -> Result<Self>;
}

impl<R: Record> Many<R> {
    /// A query over the rows that refer to the row holding this field.
    pub fn query(&self) -> R::Query {
        let record = super::row::record_of(R::object());
        let refers = |field: &&crate::registry::FieldDescriptor| match field.field_type {
            crate::value::FieldType::Reference(target) => target().reference == self.owner_object,
            _ => false,
        };
        let index = record.fields.iter().position(|field| refers(&field));
        // The start of the platform refuses a `Many` without a matching `Ref`; id 0 is no row.
        let (index, owner) = index.map_or((0, 0), |index| (index, self.owner));
        R::Query::from_inner(Query::default().equals(index, Value::Integer(owner)))
    }
}
