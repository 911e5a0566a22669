//! What a layer above asks of writes.

use std::future::Future;
use std::pin::Pin;

use sea_orm::DatabaseTransaction;

use crate::error::Result;
use crate::registry::ObjectDescriptor;
use crate::value::Value;

/// What a layer above asks of every write. The service itself knows no record by name.
pub(crate) trait WriteGuard: Send + Sync {
    /// Checks values that are about to be written, beyond their types and validations.
    fn before(&self, object: &'static ObjectDescriptor, values: &[Option<Value>]) -> Result<()>;

    /// True if decisions about access depend on rows of this record. Only then is the guard
    /// asked about changes, too.
    fn decides_access(&self, object: &'static ObjectDescriptor) -> bool;

    /// What the security log calls a write of this record; `None`: it is not told.
    fn told_as(&self, object: &'static ObjectDescriptor) -> Option<&'static str>;

    /// Notes, in its transaction, that decisions about access may have changed.
    fn note_change<'a>(&'a self, transaction: &'a DatabaseTransaction) -> Guarding<'a, ()>;

    /// Looks at a change of a row inside its transaction, before it; what is answered comes
    /// back in [`after_change`](Self::after_change).
    fn before_change<'a>(
        &'a self,
        object: &'static ObjectDescriptor,
        id: i64,
        change: Change<'a>,
        transaction: &'a DatabaseTransaction,
    ) -> Guarding<'a, Held>;

    /// Looks at what a change has made of the data; an error undoes it.
    fn after_change<'a>(&'a self, before: Held, transaction: &'a DatabaseTransaction) -> Guarding<'a, ()>;
}

/// A change of a row that exists.
#[derive(Clone, Copy)]
pub(crate) enum Change<'a> {
    /// These values replace those that the row has.
    Update(&'a [Option<Value>]),
    /// The row goes, with what belongs to it.
    Delete,
}

/// What the guard's layer promises, and whether it held before a change.
#[derive(Clone, Copy)]
pub(crate) struct Held(pub(crate) bool);

/// A future of a guard.
pub(crate) type Guarding<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;
