//! The other side of a reference: the rows that refer to this one.

use std::fmt;
use std::marker::PhantomData;

/// Rows of record `R` that refer to the row holding this field.
///
/// Has no column: the other record's `Ref` field is where the relation is stored. Rows are
/// read when asked for, through `R`'s own permissions.
pub struct Many<R> {
    /// Id of the row that holds the field.
    pub(crate) owner: i64,
    /// Reference of the record that holds the field.
    pub(crate) owner_object: &'static str,
    record: PhantomData<fn() -> R>,
}

impl<R> Many<R> {
    pub(crate) const fn of(owner: i64, owner_object: &'static str) -> Self {
        Self { owner, owner_object, record: PhantomData }
    }
}

impl<R> Clone for Many<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Many<R> {}

impl<R> fmt::Debug for Many<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Many(of {} {})", self.owner_object, self.owner)
    }
}
