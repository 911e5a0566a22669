//! Queries: collected as data, run by the record service as one dispatch.

use crate::registry::Object;
use std::marker::PhantomData;

#[cfg(feature = "db")]
use futures_util::FutureExt;

#[cfg(feature = "db")]
use super::aggregate::{Function, GroupKey, Grouped, Number, Ordered, single};
#[cfg(feature = "db")]
use super::column::Column;
use super::column::Order;
use super::condition::{ColumnRef, Comparison, Condition};
use super::record::Record;
use super::row::record_of;
use super::shown::{ChosenColumns, RecordRows};
#[cfg(feature = "db")]
use crate::error::Result;
use crate::value::{FieldAccess, Value};

/// Which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// One sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By which column.
    pub column: ColumnRef,
    /// Which end comes first.
    pub direction: Direction,
}

/// Which rows, in which order, how many.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Selection {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) sorts: Vec<Sort>,
    pub(crate) limit: Option<u64>,
    pub(crate) cursor: Option<String>,
    /// The rows before the cursor instead of those after it.
    pub(crate) back: bool,
    /// Only rows that were deleted, of a record with `soft_delete`.
    pub(crate) deleted: bool,
}

/// A query over record `R`, being put together.
pub struct Query<R> {
    pub(crate) selection: Selection,
    record: PhantomData<fn() -> R>,
}

impl<R> Clone for Query<R> {
    fn clone(&self) -> Self {
        Self { selection: self.selection.clone(), record: PhantomData }
    }
}

impl<R> Default for Query<R> {
    fn default() -> Self {
        Self { selection: Selection::default(), record: PhantomData }
    }
}

impl<R> Query<R> {
    /// Adds: the author's field at this place holds whatever becomes this value of its type.
    #[must_use]
    pub fn finder<T: 'static>(self, field: usize, value: impl Into<T>) -> Self
    where
        R: Record,
    {
        let access = record_of(R::object()).fields.get(field).map_or(FieldAccess::NONE, |field| field.access);
        let value: T = value.into();
        self.equals(field, access.read(&value).unwrap_or(Value::Null))
    }

    /// Adds: the author's field at this place holds this value.
    #[must_use]
    pub fn equals(mut self, field: usize, value: Value) -> Self {
        self.selection.conditions.push(Condition::Compare(ColumnRef::Field(field), Comparison::Equal, value));
        self
    }
}

/// Some rows, and where the next ones begin.
#[derive(Clone, Debug)]
pub struct Page<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// Given to `after` of the same query, it leads to the next rows; `None`: there are none.
    pub next: Option<String>,
}

/// What can be said of a record's query, and the calls that run it.
///
/// Each call that runs it is one dispatch: it needs `view` on the record, and has its own
/// execution in the logs.
pub trait RecordQuery: Sized + Send {
    /// The record asked for.
    type Record: Record<Query = Self>;

    /// Wraps the common part.
    fn from_inner(inner: Query<Self::Record>) -> Self;

    /// Unwraps the common part.
    fn into_inner(self) -> Query<Self::Record>;

    /// Only rows for which the condition holds; several filters must all hold.
    #[must_use]
    fn filter(self, condition: impl FnOnce(&<Self::Record as Record>::Columns) -> Condition) -> Self {
        let mut inner = self.into_inner();
        inner.selection.conditions.push(condition(Self::Record::columns()));
        Self::from_inner(inner)
    }

    /// Sorts by a column, or by an array of them; ties are broken by id.
    #[must_use]
    fn order_by<O: Order>(self, order: impl FnOnce(&<Self::Record as Record>::Columns) -> O) -> Self {
        let mut inner = self.into_inner();
        inner.selection.sorts.extend(order(Self::Record::columns()).sorts());
        Self::from_inner(inner)
    }

    /// The rows as a table of a screen shows them, with these columns: `.columns(|order| (order.number, order.total))`.
    #[must_use]
    fn columns<C: ChosenColumns>(self, choose: impl FnOnce(&<Self::Record as Record>::Columns) -> C) -> RecordRows {
        RecordRows::new(self.into_inner(), &choose(Self::Record::columns()).places())
    }

    /// At most this many rows.
    #[must_use]
    fn limit(self, rows: u64) -> Self {
        let mut inner = self.into_inner();
        inner.selection.limit = Some(rows);
        Self::from_inner(inner)
    }

    /// Begins after the page whose `next` this is.
    #[must_use]
    fn after(self, next: impl Into<String>) -> Self {
        let mut inner = self.into_inner();
        inner.selection.cursor = Some(next.into());
        Self::from_inner(inner)
    }

    /// Only rows that were deleted and are kept, of a record with `soft_delete`; needs `delete`.
    #[must_use]
    fn deleted(self) -> Self {
        let mut inner = self.into_inner();
        inner.selection.deleted = true;
        Self::from_inner(inner)
    }

    /// All rows.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn all(self) -> impl Future<Output = Result<Vec<Self::Record>>> + Send {
        let rows = crate::record::typed::all::<Self::Record>(self.into_inner().selection);
        rows.map(|page| Ok(page?.rows))
    }

    /// The rows one after the other, for more than should lie in memory at a time.
    ///
    /// ```no_run
    /// # use appos_runtime::{Result, codegen_support::{Record, RecordQuery}};
    /// # async fn greet<R>(_: R) -> Result<()> { Ok(()) }
    /// # async fn example<Customer: Record>() -> Result<()> {
    /// let mut customers = Customer::query().limit(100_000).stream();
    /// while let Some(customer) = customers.next().await {
    ///     greet(customer?).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "db")]
    fn stream(self) -> super::RowStream<Self::Record> {
        super::RowStream::of(crate::record::typed::pages(Self::Record::object(), self.into_inner().selection))
    }

    /// One page of rows; `limit` is the size of the page, 20 if none is given.
    ///
    /// # Errors
    /// Refused, the cursor belongs to another query, or the database fails.
    #[cfg(feature = "db")]
    fn page(self) -> impl Future<Output = Result<Page<Self::Record>>> + Send {
        let mut selection = self.into_inner().selection;
        selection.limit.get_or_insert(20);
        crate::record::typed::all::<Self::Record>(selection)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn first(self) -> impl Future<Output = Result<Option<Self::Record>>> + Send {
        let mut selection = self.into_inner().selection;
        selection.limit = Some(1);
        let rows = crate::record::typed::all::<Self::Record>(selection);
        rows.map(|page| Ok(page?.rows.pop()))
    }

    /// Number of rows, whatever `limit` says.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn count(self) -> impl Future<Output = Result<u64>> + Send {
        crate::record::typed::count(Self::Record::object(), self.into_inner().selection)
    }

    /// Sum of a column over the rows, whatever `limit` says; 0 if there are none.
    ///
    /// # Errors
    /// Refused, the sum is larger than its type, or the database fails.
    #[cfg(feature = "db")]
    fn sum<T: Number>(
        self,
        column: impl FnOnce(&<Self::Record as Record>::Columns) -> Column<T>,
    ) -> impl Future<Output = Result<T::Sum>> + Send {
        let column = column(Self::Record::columns()).place();
        let sum = single::<Self::Record, T::Sum>(self.into_inner().selection, Function::Sum, column);
        sum.map(|sum| Ok(sum?.unwrap_or_else(T::Sum::default)))
    }

    /// Average of a column over the rows, whatever `limit` says; `None`: it holds no value.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn average<T: Number>(
        self,
        column: impl FnOnce(&<Self::Record as Record>::Columns) -> Column<T>,
    ) -> impl Future<Output = Result<Option<T::Average>>> + Send {
        let column = column(Self::Record::columns()).place();
        single::<Self::Record, T::Average>(self.into_inner().selection, Function::Average, column)
    }

    /// Smallest value of a column over the rows, whatever `limit` says; `None`: it holds no value.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn min<T: Ordered>(
        self,
        column: impl FnOnce(&<Self::Record as Record>::Columns) -> Column<T>,
    ) -> impl Future<Output = Result<Option<T::Plain>>> + Send {
        let column = column(Self::Record::columns()).place();
        single::<Self::Record, T::Plain>(self.into_inner().selection, Function::Smallest, column)
    }

    /// Largest value of a column over the rows, whatever `limit` says; `None`: it holds no value.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn max<T: Ordered>(
        self,
        column: impl FnOnce(&<Self::Record as Record>::Columns) -> Column<T>,
    ) -> impl Future<Output = Result<Option<T::Plain>>> + Send {
        let column = column(Self::Record::columns()).place();
        single::<Self::Record, T::Plain>(self.into_inner().selection, Function::Largest, column)
    }

    /// Groups the rows by a column, or by a tuple of two or three: then `count`, `sum`,
    /// `average`, `min` or `max` answer once for each group.
    #[cfg(feature = "db")]
    fn group_by<K: GroupKey>(
        self,
        key: impl FnOnce(&<Self::Record as Record>::Columns) -> K,
    ) -> Grouped<Self::Record, K> {
        Grouped::of(self, &key(Self::Record::columns()))
    }

    /// True if there is a row.
    ///
    /// # Errors
    /// Refused, or the database fails.
    #[cfg(feature = "db")]
    fn exists(self) -> impl Future<Output = Result<bool>> + Send {
        self.count().map(|count| Ok(count? > 0))
    }
}
