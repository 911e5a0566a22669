//! Sums, averages, smallest and largest values, over all rows of a query or group by group.

use std::marker::PhantomData;

use super::column::Column;
use super::condition::ColumnRef;
use super::query::{RecordQuery, Selection};
use super::record::Record;
use crate::error::Result;
use crate::value::{Date, DateTime, Decimal, FieldValue, Value, ValueError};

/// What is made of the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    /// Number of rows.
    Count,
    Sum,
    /// Sum and number of values: their quotient is made exactly, outside the database.
    Average,
    Smallest,
    Largest,
}

/// A question about the rows of a selection: an answer for each combination of values in the
/// groups' columns.
#[derive(Clone, Debug)]
pub(crate) struct Aggregate {
    pub(crate) groups: Vec<ColumnRef>,
    pub(crate) function: Function,
    /// Not needed to count rows.
    pub(crate) column: Option<ColumnRef>,
}

/// A type whose values have an order: what `min` and `max` take.
pub trait Ordered: FieldValue {
    /// The type itself, without `Option`.
    type Plain: FieldValue;
}

/// A number: what `sum` and `average` take. Rows without a value do not count.
pub trait Number: FieldValue {
    /// What a sum is: `i64` for whole numbers, else the type itself.
    type Sum: FieldValue;
    /// What an average is: `f64` for floats, else `Decimal`.
    type Average: FieldValue;
}

macro_rules! ordered {
    ($($ty:ty),*) => {$( impl Ordered for $ty { type Plain = Self; } )*};
}

macro_rules! numbers {
    ($($ty:ty => $sum:ty, $average:ty;)*) => {$(
        impl Ordered for $ty { type Plain = Self; }
        impl Number for $ty { type Sum = $sum; type Average = $average; }
    )*};
}

ordered!(String, Date, DateTime);
numbers! {
    i8 => i64, Decimal;
    i16 => i64, Decimal;
    i32 => i64, Decimal;
    i64 => i64, Decimal;
    u8 => i64, Decimal;
    u16 => i64, Decimal;
    u32 => i64, Decimal;
    f32 => f64, f64;
    f64 => f64, f64;
    Decimal => Decimal, Decimal;
}

impl<T: Ordered> Ordered for Option<T> {
    type Plain = T::Plain;
}

impl<T: Number> Number for Option<T> {
    type Sum = T::Sum;
    type Average = T::Average;
}

/// The columns by which rows are grouped: one, or a tuple of two or three.
pub trait GroupKey {
    /// The values of one group.
    type Key;

    #[doc(hidden)]
    fn columns(&self) -> Vec<ColumnRef>;

    #[doc(hidden)]
    fn read(values: &mut std::vec::IntoIter<Value>) -> Result<Self::Key, ValueError>;
}

fn next<T: FieldValue>(values: &mut std::vec::IntoIter<Value>) -> Result<T, ValueError> {
    T::from_value(values.next().unwrap_or(Value::Null))
}

impl<T: FieldValue> GroupKey for Column<T> {
    type Key = T;

    fn columns(&self) -> Vec<ColumnRef> {
        vec![self.place()]
    }

    fn read(values: &mut std::vec::IntoIter<Value>) -> Result<T, ValueError> {
        next(values)
    }
}

impl<A: FieldValue, B: FieldValue> GroupKey for (Column<A>, Column<B>) {
    type Key = (A, B);

    fn columns(&self) -> Vec<ColumnRef> {
        vec![self.0.place(), self.1.place()]
    }

    fn read(values: &mut std::vec::IntoIter<Value>) -> Result<(A, B), ValueError> {
        Ok((next(values)?, next(values)?))
    }
}

impl<A: FieldValue, B: FieldValue, C: FieldValue> GroupKey for (Column<A>, Column<B>, Column<C>) {
    type Key = (A, B, C);

    fn columns(&self) -> Vec<ColumnRef> {
        vec![self.0.place(), self.1.place(), self.2.place()]
    }

    fn read(values: &mut std::vec::IntoIter<Value>) -> Result<(A, B, C), ValueError> {
        Ok((next(values)?, next(values)?, next(values)?))
    }
}

/// The one answer of a question without groups.
pub(super) async fn single<R: Record, T: FieldValue>(
    selection: Selection,
    function: Function,
    column: ColumnRef,
) -> Result<Option<T>> {
    let aggregate = Aggregate { groups: Vec::new(), function, column: Some(column) };
    let rows = crate::record::typed::aggregate(R::object(), selection, aggregate).await?;
    let value = rows.into_iter().next().and_then(|row| row.into_iter().next()).unwrap_or(Value::Null);
    Ok(Option::<T>::from_value(value)?)
}

/// A query whose rows are grouped; made by [`RecordQuery::group_by`]. Groups come in the order
/// of their values.
#[must_use]
pub struct Grouped<R, K> {
    selection: Selection,
    groups: Vec<ColumnRef>,
    record: PhantomData<fn() -> (R, K)>,
}

impl<R: Record, K: GroupKey> Grouped<R, K> {
    pub(super) fn of(query: R::Query, key: &K) -> Self {
        Self { selection: query.into_inner().selection, groups: key.columns(), record: PhantomData }
    }

    async fn ask<T: FieldValue>(self, function: Function, column: Option<ColumnRef>) -> Result<Vec<(K::Key, T)>> {
        let aggregate = Aggregate { groups: self.groups, function, column };
        let rows = crate::record::typed::aggregate(R::object(), self.selection, aggregate).await?;
        let read = |row: Vec<Value>| {
            let mut values = row.into_iter();
            Ok((K::read(&mut values)?, next(&mut values)?))
        };
        Ok(rows.into_iter().map(read).collect::<Result<_, ValueError>>()?)
    }

    /// Number of rows of each group.
    ///
    /// # Errors
    /// Refused, or the database fails.
    pub async fn count(self) -> Result<Vec<(K::Key, i64)>> {
        self.ask(Function::Count, None).await
    }

    /// Sum of a column in each group.
    ///
    /// # Errors
    /// Refused, the sum is larger than its type, or the database fails.
    pub async fn sum<T: Number>(self, column: impl FnOnce(&R::Columns) -> Column<T>) -> Result<Vec<(K::Key, T::Sum)>> {
        let sums: Vec<(K::Key, Option<T::Sum>)> = self.ask(Function::Sum, Some(column(R::columns()).place())).await?;
        Ok(sums.into_iter().map(|(key, sum)| (key, sum.unwrap_or_else(T::Sum::default))).collect())
    }

    /// Average of a column in each group; `None`: it holds no value there.
    ///
    /// # Errors
    /// Refused, or the database fails.
    pub async fn average<T: Number>(
        self,
        column: impl FnOnce(&R::Columns) -> Column<T>,
    ) -> Result<Vec<(K::Key, Option<T::Average>)>> {
        self.ask(Function::Average, Some(column(R::columns()).place())).await
    }

    /// Smallest value of a column in each group; `None`: it holds no value there.
    ///
    /// # Errors
    /// Refused, or the database fails.
    pub async fn min<T: Ordered>(
        self,
        column: impl FnOnce(&R::Columns) -> Column<T>,
    ) -> Result<Vec<(K::Key, Option<T::Plain>)>> {
        self.ask(Function::Smallest, Some(column(R::columns()).place())).await
    }

    /// Largest value of a column in each group; `None`: it holds no value there.
    ///
    /// # Errors
    /// Refused, or the database fails.
    pub async fn max<T: Ordered>(
        self,
        column: impl FnOnce(&R::Columns) -> Column<T>,
    ) -> Result<Vec<(K::Key, Option<T::Plain>)>> {
        self.ask(Function::Largest, Some(column(R::columns()).place())).await
    }
}
