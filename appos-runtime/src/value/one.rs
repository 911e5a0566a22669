//! The other side of a unique reference: the one row that refers to this one.

use super::Many;

/// The row of record `R` that refers to the row holding this field, if there is one.
///
/// Has no column: the other record's unique `Ref` field is where the relation is stored. The
/// row is read when asked for, through `R`'s own permissions.
#[derive(Clone, Copy, Debug)]
pub struct One<R>(pub(crate) Many<R>);
