//! What every `#[record]` struct can do.

#[cfg(feature = "db")]
use futures_util::FutureExt;

use super::query::{Query, RecordQuery};
use super::row::{Row, RowReader, SystemValues, filled, record_of, referring_field};
#[cfg(feature = "db")]
use crate::error::AppOsError;
use crate::error::Result;
use crate::registry::ObjectDescriptor;
#[cfg(feature = "db")]
use crate::value::Id;
use crate::value::{FieldPass, Many, One, Value};

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
    #[doc(hidden)]
    fn columns() -> &'static Self::Columns;

    /// The object's descriptor.
    fn object() -> &'static ObjectDescriptor;

    /// A struct made by a pass that fills it.
    #[doc(hidden)]
    fn from_row(row: &RowReader, pass: &mut FieldPass) -> Self;

    /// A pass over the fields of the descriptor.
    #[doc(hidden)]
    fn fields(into: &mut Self, from: &Self, pass: &mut FieldPass);

    /// The values every row has.
    #[doc(hidden)]
    fn system(&self) -> SystemValues;

    /// The row without its type.
    fn to_row(&self) -> Row {
        let mut pass = FieldPass::read(record_of(Self::object()).fields.len());
        Self::fields(&mut self.blank(), self, &mut pass);
        Row::new(self.system(), pass.into_values())
    }

    /// A row with the system values of this one, and no others.
    #[doc(hidden)]
    #[must_use]
    fn blank(&self) -> Self {
        Self::from_row(&RowReader::new(Self::object(), self.system()), &mut FieldPass::blank())
    }

    /// A query over all rows the principal may view.
    fn query() -> Self::Query {
        Self::Query::from_inner(Query::default())
    }

    /// The rows for which a condition holds, as a rule of `#[record(rows = ..)]` answers them.
    fn rows(condition: impl FnOnce(&Self::Columns) -> super::Condition) -> super::Rows<Self> {
        super::Rows::of(condition(Self::columns()))
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
        crate::record::typed::create::<Self>(new.to_values())
    }

    /// Changes this row if nobody changed it since it was read; needs `update`.
    ///
    /// # Errors
    /// Refused, the values are wrong, or the row was changed meanwhile (code `stale_version`).
    #[cfg(feature = "db")]
    fn update(self, patch: Self::Patch) -> impl Future<Output = Result<Self>> + Send {
        let system = self.system();
        crate::record::typed::update::<Self>(system.id, system.version, patch.to_values())
    }

    /// Removes this row if nobody changed it since it was read; needs `delete`.
    ///
    /// # Errors
    /// Refused, the row was changed meanwhile, or other rows refer to it.
    #[cfg(feature = "db")]
    fn delete(self) -> impl Future<Output = Result<()>> + Send {
        let system = self.system();
        crate::record::typed::delete(Self::object(), system.id, system.version)
    }

    /// Brings a deleted row of a record with `soft_delete` back, and with it the rows that went
    /// with it; needs `delete`.
    ///
    /// # Errors
    /// Refused, no such row was deleted, or another row has taken a unique value meanwhile.
    #[cfg(feature = "db")]
    fn restore(id: impl Into<Id<Self>>) -> impl Future<Output = Result<Self>> + Send {
        crate::record::typed::restore::<Self>(id.into().get())
    }

    /// Rows of a SELECT written by hand, each as a JSON object or whatever reads from one; needs
    /// `admin` of this record, the one for which the statement is written. **Neither the rules of
    /// rows nor the permissions of fields hold for it, of this record or of others it names, nor
    /// is `soft_delete` heeded.** Its values are as the database stores them.
    ///
    /// Parameters are written `?`, on both databases; PostgreSQL takes a text for a text, so that
    /// other types are cast: `CAST(? AS date)`. The statement is one SELECT without comments, of at
    /// most 10,000 rows and with a name for every column. The log has its text, and not the
    /// parameters.
    ///
    /// ```no_run
    /// # use appos_runtime::{Result, codegen_support::Record};
    /// # use serde_json::json;
    /// # async fn example<Customer: Record>() -> Result<()> {
    /// let sql = "SELECT tier, count(*) AS customers FROM crm_customer WHERE name <> ? GROUP BY tier";
    /// let rows: Vec<serde_json::Value> = Customer::unchecked_sql(sql, [json!("Acme")]).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Refused; the statement is none of this kind, the database does not understand it, the
    /// number of parameters is another, or a row cannot be read so (code `wrong_sql`, for the log
    /// only); a parameter does not fit (`wrong_parameter`, `out_of_range`).
    #[cfg(feature = "db")]
    fn unchecked_sql<T: serde::de::DeserializeOwned>(
        sql: &'static str,
        parameters: impl IntoIterator<Item = serde_json::Value>,
    ) -> impl Future<Output = Result<Vec<T>>> + Send {
        crate::record::typed::unchecked_sql::<T>(Self::object(), sql, parameters.into_iter().collect())
    }

    /// The audit log of this row, newest first; needs `view`.
    ///
    /// # Errors
    /// Refused, or the record keeps no audit log.
    #[cfg(feature = "db")]
    fn timeline(&self) -> impl Future<Output = Result<Vec<crate::record::AuditEntry>>> + Send {
        crate::record::typed::timeline(Self::object(), self.system().id)
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
pub trait NewRecord: Default + Sized + Send {
    /// The record.
    type Record: Record;

    /// A pass over the fields of the descriptor.
    #[doc(hidden)]
    fn fields(into: &mut Self, from: &Self, pass: &mut FieldPass);

    /// One value for each field of the descriptor, in order.
    fn to_values(&self) -> Vec<Value> {
        let mut pass = FieldPass::read(record_of(Self::Record::object()).fields.len());
        Self::fields(&mut Self::default(), self, &mut pass);
        pass.into_values()
    }
}

/// What a change may name.
pub trait PatchRecord: Default + Sized + Send {
    /// The record.
    type Record: Record;

    /// A pass over the fields of the descriptor.
    #[doc(hidden)]
    fn fields(into: &mut Self, from: &Self, pass: &mut FieldPass);

    /// One value for each field of the descriptor, in order; `None`: left as it is.
    fn to_values(&self) -> Vec<Option<Value>> {
        let mut pass = FieldPass::read_changes(record_of(Self::Record::object()).fields.len());
        Self::fields(&mut Self::default(), self, &mut pass);
        pass.into_changes()
    }
}

/// A row with its type.
///
/// # Errors
/// A stored value does not fit its field.
pub fn typed_row<R: Record>(row: Row) -> Result<R> {
    let mut pass = FieldPass::fill(row.values);
    let record = R::from_row(&RowReader::new(R::object(), row.system), &mut pass);
    filled(R::object(), record, &pass)
}

/// A new row from one value for each field.
pub(crate) fn new_row<N: NewRecord>(values: Vec<Value>) -> Result<N> {
    let (mut new, mut pass) = (N::default(), FieldPass::fill(values));
    N::fields(&mut new, &N::default(), &mut pass);
    filled(N::Record::object(), new, &pass)
}

/// A change from one value for each field.
pub(crate) fn new_patch<P: PatchRecord>(values: Vec<Option<Value>>) -> Result<P> {
    let (mut patch, mut pass) = (P::default(), FieldPass::fill_changes(values));
    P::fields(&mut patch, &P::default(), &mut pass);
    filled(P::Record::object(), patch, &pass)
}

/// `Clone` of a record.
pub fn clone_record<R: Record>(record: &R) -> R {
    let mut copy = record.blank();
    R::fields(&mut copy, record, &mut FieldPass::copy());
    copy
}

/// `Clone` of a new row.
pub fn clone_new<N: NewRecord>(new: &N) -> N {
    let mut copy = N::default();
    N::fields(&mut copy, new, &mut FieldPass::copy());
    copy
}

/// `Clone` of a change.
pub fn clone_patch<P: PatchRecord>(patch: &P) -> P {
    let mut copy = P::default();
    P::fields(&mut copy, patch, &mut FieldPass::copy());
    copy
}

impl<R: Record> One<R> {
    /// The row that refers to the row holding this field, if there is one.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    pub fn get(&self) -> impl Future<Output = Result<Option<R>>> + Send {
        self.0.referring(true).first()
    }
}

impl<R: Record> Many<R> {
    /// A query over the rows that refer to the row holding this field.
    pub fn query(&self) -> R::Query {
        self.referring(false)
    }

    fn referring(&self, unique: bool) -> R::Query {
        let index = referring_field(R::object(), self.owner_object, unique);
        // The start of the platform refuses a `Many` without a matching `Ref`; id 0 is no row.
        let (index, owner) = index.map_or((0, 0), |index| (index, self.owner));
        R::Query::from_inner(Query::default().equals(index, Value::Integer(owner)))
    }
}
