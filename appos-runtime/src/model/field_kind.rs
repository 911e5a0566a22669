//! What stands in the places of a record's fields: the values of a new row, what a change names,
//! or columns. The three are one struct, because each struct of a record costs every build of
//! its app.

use super::column::Column;

/// What stands in the place of each field: [`New`], [`Patch`] or [`Columns`].
pub trait FieldKind: sealed::Sealed + 'static {
    /// What stands in the place of a field of this type.
    type Of<T: 'static>: 'static;
}

/// What can be written: [`New`] or [`Patch`].
pub trait WriteKind: FieldKind {
    /// True if fields may be left as they are.
    const IS_CHANGE: bool;

    /// What stands in the place of a field with a default.
    #[doc(hidden)]
    fn given<T: 'static>(default: impl FnOnce() -> T) -> Self::Of<T>;
}

/// A new row: every field has a value.
#[derive(Debug)]
pub enum New {}

/// A change: the fields that are `Some`.
#[derive(Debug)]
pub enum Patch {}

/// The columns, for filters and order.
#[derive(Debug)]
pub enum Columns {}

impl FieldKind for New {
    type Of<T: 'static> = T;
}

impl FieldKind for Patch {
    type Of<T: 'static> = Option<T>;
}

impl FieldKind for Columns {
    type Of<T: 'static> = Column<T>;
}

impl WriteKind for New {
    const IS_CHANGE: bool = false;

    fn given<T: 'static>(default: impl FnOnce() -> T) -> T {
        default()
    }
}

impl WriteKind for Patch {
    const IS_CHANGE: bool = true;

    fn given<T: 'static>(_: impl FnOnce() -> T) -> Option<T> {
        None
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::New {}
    impl Sealed for super::Patch {}
    impl Sealed for super::Columns {}
}
