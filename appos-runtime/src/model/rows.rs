//! Which rows of a record a principal may see: the answer of a `rows = rules::..` rule.

use std::fmt;
use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use super::condition::Condition;

/// Rows of record `R`: what a rule named by `#[record(rows = ..)]` answers.
///
/// Made by [`Record::rows`](super::Record::rows), or by [`all`](Self::all) and
/// [`none`](Self::none).
pub struct Rows<R>(Condition, PhantomData<fn() -> R>);

impl<R> Rows<R> {
    pub(super) fn of(condition: Condition) -> Self {
        Self(condition, PhantomData)
    }

    /// Every row.
    #[must_use]
    pub fn all() -> Self {
        Self::of(Condition::All(Vec::new()))
    }

    /// No row.
    #[must_use]
    pub fn none() -> Self {
        Self::of(Condition::Any(Vec::new()))
    }

    /// The rows of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::of(self.0.or(other.0))
    }

    /// The rows of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::of(self.0.and(other.0))
    }

    #[doc(hidden)]
    pub fn into_condition(self) -> Condition {
        self.0
    }
}

impl<R> Clone for Rows<R> {
    fn clone(&self) -> Self {
        Self::of(self.0.clone())
    }
}

impl<R> fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rows")
    }
}

/// Logs say that rows were chosen, not by which values.
impl<R> Serialize for Rows<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("rows")
    }
}
