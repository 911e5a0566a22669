//! What every `#[record]` struct can do.

#[cfg(feature = "db")]
use futures_util::FutureExt;

use super::query::{Query, RecordQuery};
use super::row::{Row, RowReader, SystemValues, filled, referring_field};
use super::{FieldPass, NewRecord, PatchRecord, RecordFields};
#[cfg(feature = "db")]
use crate::error::AppOsError;
use crate::error::Result;
use crate::registry::Object;
#[cfg(feature = "db")]
use crate::value::Id;
use crate::value::{Many, One, Value};

/// A `#[record]` struct: one row of its table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a record",
    note = "a record is a struct with `#[record(..)]`"
)]
pub trait Record: Object + Sized + Send + Sync + 'static {
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
        let mut pass = FieldPass::read(Self::object());
        Self::fields(&mut self.blank(), self, &mut pass);
        let values = pass.into_values().into_iter().map(|value| value.unwrap_or(Value::Null)).collect();
        Row::new(self.system(), values)
    }

    /// A row with the system values of this one, and no others.
    #[doc(hidden)]
    #[must_use]
    fn blank(&self) -> Self {
        Self::from_row(&RowReader::new(Self::object(), self.system()), &mut FieldPass::blank(Self::object()))
    }

    /// A query over all rows the principal may view.
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn query() -> Self::Query {
        Self::Query::from_inner(Query::default())
    }

    /// The rows for which a condition holds, as a rule of `#[record(rows = ..)]` answers them.
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn rows(condition: impl FnOnce(&Self::Columns) -> super::Condition) -> super::Rows<Self> {
        super::Rows::of(condition(Self::columns()))
    }

    /// The row with this id; needs `view`.
    ///
    /// # Errors
    /// Refused, or there is no such row (code `record_not_found`).
    #[cfg(feature = "db")]
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn get(id: impl Into<Id<Self>>) -> impl Future<Output = Result<Self>> + Send {
        crate::record::typed::get::<Self>(id.into().get())
    }

    /// The row with this id, if there is one; needs `view`.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
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
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn create(new: Self::New) -> impl Future<Output = Result<Self>> + Send {
        crate::record::typed::create::<Self>(
            new.to_values().into_iter().map(|value| value.unwrap_or(Value::Null)).collect(),
        )
    }

    /// Changes this row if nobody changed it since it was read; needs `update`.
    ///
    /// # Errors
    /// Refused, the values are wrong, or the row was changed meanwhile (code `stale_version`).
    #[cfg(feature = "db")]
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn update(self, patch: Self::Patch) -> impl Future<Output = Result<Self>> + Send {
        let system = self.system();
        crate::record::typed::update::<Self>(system.id, system.version, patch.to_values())
    }

    /// Removes this row if nobody changed it since it was read; needs `delete`.
    ///
    /// # Errors
    /// Refused, the row was changed meanwhile, or other rows refer to it.
    #[cfg(feature = "db")]
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
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
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
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
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn unchecked_sql<T: serde::de::DeserializeOwned>(
        sql: &'static str,
        parameters: impl IntoIterator<Item = serde_json::Value>,
    ) -> impl Future<Output = Result<Vec<T>>> + Send {
        crate::record::typed::unchecked_sql::<T>(Self::object(), sql, parameters.into_iter().collect())
    }

    /// Runs `body` as one transaction of the database in which this record is: for records of a connected system what
    /// [`transaction`](crate::record::transaction) is for all others.
    ///
    /// # Errors
    /// The body's own; outside any execution; in a transaction of another database (code
    /// `transaction_spans_databases`); or the database cannot be reached, or not commit.
    #[cfg(feature = "db")]
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn transaction<T: Send>(body: impl Future<Output = Result<T>> + Send) -> impl Future<Output = Result<T>> + Send {
        crate::record::typed::transaction(Self::object(), body)
    }

    /// The audit log of this row, newest first; needs `view`.
    ///
    /// # Errors
    /// Refused, or the record keeps no audit log.
    #[cfg(feature = "db")]
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn timeline(&self) -> impl Future<Output = Result<Vec<crate::record::AuditEntry>>> + Send {
        crate::record::typed::timeline(Self::object(), self.system().id)
    }

    /// Number of rows; needs `view`.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn count() -> impl Future<Output = Result<u64>> + Send {
        Self::query().count()
    }
}

/// A row with its type.
///
/// # Errors
/// A stored value does not fit its field.
pub fn typed_row<R: Record>(row: Row) -> Result<R> {
    let mut pass = FieldPass::fill(R::object(), row.values.into_iter().map(Some).collect());
    let record = R::from_row(&RowReader::new(R::object(), row.system), &mut pass);
    filled(R::object(), record, &pass)
}

/// `Clone` of a record.
pub fn clone_record<R: Record>(record: &R) -> R {
    let mut copy = record.blank();
    R::fields(&mut copy, record, &mut FieldPass::copy(R::object()));
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
