//! Rows that belong to rows, read together: one query for all of them, not one for each.

use std::collections::HashMap;
use std::future::Future;

use super::column::Column;
use super::condition::{ColumnRef, Condition};
use super::query::RecordQuery;
use super::record::Record;
use crate::error::Result;
use crate::value::{Id, Ref, Value};

/// Ids in one statement; both databases take more.
const TOGETHER: usize = 1000;

/// A reference of a row: required or optional.
pub trait Reference<T> {
    /// The row it leads to, if any.
    fn target(self) -> Option<Id<T>>;
}

impl<T> Reference<T> for Ref<T> {
    fn target(self) -> Option<Id<T>> {
        Some(Id::new(self.get()))
    }
}

impl<T> Reference<T> for Option<Ref<T>> {
    fn target(self) -> Option<Id<T>> {
        self.and_then(Reference::target)
    }
}

/// A column of references to rows of `R`.
pub trait ReferenceColumn<R> {
    #[doc(hidden)]
    fn column(self) -> ColumnRef;
}

impl<R> ReferenceColumn<R> for Column<Ref<R>> {
    fn column(self) -> ColumnRef {
        self.place()
    }
}

impl<R> ReferenceColumn<R> for Column<Option<Ref<R>>> {
    fn column(self) -> ColumnRef {
        self.place()
    }
}

/// What some rows can be asked together. Every call is one dispatch for each thousand rows and
/// needs `view` on the other record; rows that may not be seen are not among the answers.
pub trait Eager<R: Record> {
    /// The rows that refer to these, by the row they refer to and in the order of their ids:
    /// `customers.load_many::<Order, _>(|order| order.customer)`.
    ///
    /// # Errors
    /// Refused, or the database fails.
    fn load_many<T: Record, C: ReferenceColumn<R>>(
        &self,
        by: impl FnOnce(&T::Columns) -> C,
    ) -> impl Future<Output = Result<HashMap<Id<R>, Vec<T>>>> + Send;

    /// The rows to which these refer: `orders.load_refs(|order| order.customer)`.
    ///
    /// # Errors
    /// Refused, or the database fails.
    fn load_refs<T: Record, F: Reference<T>>(
        &self,
        by: impl Fn(&R) -> F,
    ) -> impl Future<Output = Result<HashMap<Id<T>, T>>> + Send;
}

impl<R: Record> Eager<R> for [R] {
    fn load_many<T: Record, C: ReferenceColumn<R>>(
        &self,
        by: impl FnOnce(&T::Columns) -> C,
    ) -> impl Future<Output = Result<HashMap<Id<R>, Vec<T>>>> + Send {
        let column = by(T::columns()).column();
        let ids: Vec<i64> = self.iter().map(|row| row.system().id).collect();
        async move {
            let mut all: HashMap<Id<R>, Vec<T>> = HashMap::with_capacity(ids.len());
            for row in among::<T>(ids, column).await? {
                let owner = match (column, row.to_row().values) {
                    (ColumnRef::Field(place), values) => values.get(place).cloned(),
                    _ => None,
                };
                if let Some(Value::Integer(owner)) = owner {
                    all.entry(Id::new(owner)).or_default().push(row);
                }
            }
            Ok(all)
        }
    }

    fn load_refs<T: Record, F: Reference<T>>(
        &self,
        by: impl Fn(&R) -> F,
    ) -> impl Future<Output = Result<HashMap<Id<T>, T>>> + Send {
        let mut ids: Vec<i64> = self.iter().filter_map(|row| by(row).target()).map(Id::get).collect();
        ids.sort_unstable();
        ids.dedup();
        async move {
            let rows = among::<T>(ids, ColumnRef::System(crate::registry::SystemField::Id)).await?;
            Ok(rows.into_iter().map(|row| (Id::new(row.system().id), row)).collect())
        }
    }
}

async fn among<T: Record>(ids: Vec<i64>, column: ColumnRef) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    for ids in ids.chunks(TOGETHER) {
        let values = ids.iter().copied().map(Value::Integer).collect();
        rows.extend(T::query().filter(|_| Condition::In(column, values)).all().await?);
    }
    Ok(rows)
}
