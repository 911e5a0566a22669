//! What the fields of a struct for writing are: of a new row the values, of a change the values
//! it names. Both are one struct, because each struct of a record costs every build of its app.

/// What is written: [`New`] or [`Patch`].
pub trait WriteKind: sealed::Sealed + 'static {
    /// What stands in the place of a field.
    type Of<T: 'static>: 'static;

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

impl WriteKind for New {
    type Of<T: 'static> = T;

    const IS_CHANGE: bool = false;

    fn given<T: 'static>(default: impl FnOnce() -> T) -> T {
        default()
    }
}

impl WriteKind for Patch {
    type Of<T: 'static> = Option<T>;

    const IS_CHANGE: bool = true;

    fn given<T: 'static>(_: impl FnOnce() -> T) -> Option<T> {
        None
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::New {}
    impl Sealed for super::Patch {}
}
