//! Columns with their type, as they stand in `filter(|c| ..)` and `order_by(|c| ..)`.

use std::marker::PhantomData;

use super::condition::{ColumnRef, Comparison, Condition, Target, TextMatch};
use super::query::{Direction, Sort};
use super::record::Record;
use super::row::referring_field;
use crate::registry::SystemField;
use crate::value::{FieldValue, Ref};

/// A column whose values are of type `T`.
pub struct Column<T>(ColumnRef, PhantomData<fn() -> T>);

impl<T> Clone for Column<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Column<T> {}

/// A sort order made by a column's `asc()` or `desc()`; several are given as an array.
pub trait Order {
    /// The sort keys in order.
    fn sorts(self) -> Vec<Sort>;
}

impl Order for Sort {
    fn sorts(self) -> Vec<Sort> {
        vec![self]
    }
}

impl<const N: usize> Order for [Sort; N] {
    fn sorts(self) -> Vec<Sort> {
        self.into()
    }
}

impl<T> Column<T> {
    /// The author's field at this place.
    pub const fn field(index: usize) -> Self {
        Self(ColumnRef::Field(index), PhantomData)
    }

    pub(crate) const fn place(self) -> ColumnRef {
        self.0
    }

    /// A column every record has.
    pub const fn system(field: SystemField) -> Self {
        Self(ColumnRef::System(field), PhantomData)
    }

    /// Smallest first; rows without a value come first.
    pub const fn asc(self) -> Sort {
        Sort { column: self.0, direction: Direction::Ascending }
    }

    /// Largest first; rows without a value come last.
    pub const fn desc(self) -> Sort {
        Sort { column: self.0, direction: Direction::Descending }
    }

    /// The column holds no value.
    pub const fn is_null(self) -> Condition {
        Condition::IsNull(self.0)
    }

    /// The column holds a value.
    pub fn is_not_null(self) -> Condition {
        !Condition::IsNull(self.0)
    }
}

impl<T: FieldValue> Column<T> {
    fn compare(self, comparison: Comparison, value: impl Into<T>) -> Condition {
        Condition::Compare(self.0, comparison, value.into().into_value())
    }

    /// The same as `value`.
    pub fn eq(self, value: impl Into<T>) -> Condition {
        self.compare(Comparison::Equal, value)
    }

    /// Not the same as `value`.
    pub fn ne(self, value: impl Into<T>) -> Condition {
        self.compare(Comparison::NotEqual, value)
    }

    /// Smaller than `value`.
    pub fn lt(self, value: impl Into<T>) -> Condition {
        self.compare(Comparison::Less, value)
    }

    /// At most `value`.
    pub fn lte(self, value: impl Into<T>) -> Condition {
        self.compare(Comparison::LessOrEqual, value)
    }

    /// Larger than `value`.
    pub fn gt(self, value: impl Into<T>) -> Condition {
        self.compare(Comparison::Greater, value)
    }

    /// At least `value`.
    pub fn gte(self, value: impl Into<T>) -> Condition {
        self.compare(Comparison::GreaterOrEqual, value)
    }

    /// At least `low` and at most `high`.
    pub fn between(self, low: impl Into<T>, high: impl Into<T>) -> Condition {
        self.gte(low).and(self.lte(high))
    }

    /// One of `values`.
    pub fn one_of<V: Into<T>>(self, values: impl IntoIterator<Item = V>) -> Condition {
        Condition::In(self.0, values.into_iter().map(|value| value.into().into_value()).collect())
    }
}

impl<R: Record> Column<Ref<R>> {
    /// The reference leads to a row for which the condition holds. Whoever asks needs `view` on
    /// that record, and rows he may not see are not found.
    pub fn is(self, condition: impl FnOnce(&R::Columns) -> Condition) -> Condition {
        Condition::Refers(self.0, Target(R::object()), Box::new(condition(R::columns())))
    }
}

impl<R: Record> Column<Option<Ref<R>>> {
    /// The reference leads to a row for which the condition holds. Whoever asks needs `view` on
    /// that record, and rows he may not see are not found.
    pub fn is(self, condition: impl FnOnce(&R::Columns) -> Condition) -> Condition {
        Condition::Refers(self.0, Target(R::object()), Box::new(condition(R::columns())))
    }
}

/// The rows of record `R` that refer to a row of record `O`: what a `Many<R>` field of `O` is in
/// `filter(|c| ..)`.
pub struct ManyColumn<O, R>(usize, PhantomData<fn() -> (O, R)>);

impl<O, R> Clone for ManyColumn<O, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, R> Copy for ManyColumn<O, R> {}

impl<O, R> ManyColumn<O, R> {
    /// The author's field at this place.
    pub const fn field(index: usize) -> Self {
        Self(index, PhantomData)
    }

    #[cfg(feature = "web")]
    pub(crate) const fn place(self) -> usize {
        self.0
    }
}

impl<O: Record, R: Record> ManyColumn<O, R> {
    /// At least one row for which the condition holds refers to this one. Whoever asks needs
    /// `view` on that record, and rows he may not see do not count.
    pub fn any(&self, condition: impl FnOnce(&R::Columns) -> Condition) -> Condition {
        match referring_field(R::object(), O::object().reference, false) {
            Some(place) => Condition::Referred(Target(R::object()), place, Box::new(condition(R::columns()))),
            // The start of the platform refuses a `Many` without a matching `Ref`.
            None => Condition::Any(Vec::new()),
        }
    }
}

/// Columns of text, required or optional.
macro_rules! text_columns {
    ($($ty:ty),*) => {$(
        impl Column<$ty> {
            /// The text contains this one, whatever the case of ASCII letters.
            pub fn contains(self, text: impl Into<String>) -> Condition {
                Condition::Text(self.0, TextMatch::Contains, text.into())
            }

            /// The text begins with this one, whatever the case of ASCII letters.
            pub fn starts_with(self, text: impl Into<String>) -> Condition {
                Condition::Text(self.0, TextMatch::StartsWith, text.into())
            }

            /// The text ends with this one, whatever the case of ASCII letters.
            pub fn ends_with(self, text: impl Into<String>) -> Condition {
                Condition::Text(self.0, TextMatch::EndsWith, text.into())
            }
        }
    )*};
}

text_columns!(String, Option<String>);
