//! Rows of a record together with what is shown of them, for screens.

use super::column::Column;
use super::condition::ColumnRef;
use super::query::{Query, RecordQuery, Selection};
use super::record::Record;
use super::row::record_of;
use crate::registry::ObjectDescriptor;

/// Rows of a record, and the columns that a table shows of them. A query becomes one by
/// [`columns`](RecordQuery::columns), or by itself with the columns that a list would show.
#[derive(Clone, Debug)]
pub struct RecordRows {
    pub(crate) object: &'static ObjectDescriptor,
    pub(crate) selection: Selection,
    /// By name; none: those of a list.
    pub(crate) columns: Vec<&'static str>,
}

impl RecordRows {
    pub(super) fn new<R: Record>(query: Query<R>, columns: &[ColumnRef]) -> Self {
        let object = R::object();
        let fields = record_of(object).fields;
        let name = |column: &ColumnRef| match column {
            ColumnRef::Field(place) => fields.get(*place).map(|field| field.name),
            ColumnRef::System(field) => Some(field.name()),
            ColumnRef::Deleted => None,
        };
        Self { object, selection: query.selection, columns: columns.iter().filter_map(name).collect() }
    }
}

impl PartialEq for RecordRows {
    fn eq(&self, other: &Self) -> bool {
        self.object.reference == other.object.reference
            && self.columns == other.columns
            && self.selection == other.selection
    }
}

impl<Q: RecordQuery> From<Q> for RecordRows {
    fn from(query: Q) -> Self {
        Self::new(query.into_inner(), &[])
    }
}

/// Columns that are chosen to be shown: one, an array of one type, or a tuple of up to twelve.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no choice of columns",
    note = "write the columns as a tuple: `columns(|order| (order.number, order.total))`"
)]
pub trait ChosenColumns {
    /// Where they are.
    fn places(self) -> Vec<ColumnRef>;
}

impl<T> ChosenColumns for Column<T> {
    fn places(self) -> Vec<ColumnRef> {
        vec![self.place()]
    }
}

impl<T, const N: usize> ChosenColumns for [Column<T>; N] {
    fn places(self) -> Vec<ColumnRef> {
        self.into_iter().map(Column::place).collect()
    }
}

macro_rules! tuples {
    ($(($($name:ident)+))+) => {
        $(impl<$($name),+> ChosenColumns for ($(Column<$name>,)+) {
            fn places(self) -> Vec<ColumnRef> {
                #[allow(non_snake_case, reason = "a variable for each type")]
                let ($($name,)+) = self;
                vec![$($name.place()),+]
            }
        })+
    };
}

tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
}
