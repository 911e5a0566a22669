//! Calls of processes and steps, written down and not made yet.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::given::Given;
use crate::registry::ObjectDescriptor;
use crate::value::DateTime;

/// A call of a process: nothing happens before it is started.
#[must_use = "a process runs once it is started: write `.start().await?`"]
pub struct ProcessCall<T> {
    pub(super) object: &'static ObjectDescriptor,
    pub(super) given: Given,
    pub(super) key: Option<String>,
    pub(super) begins: Begins,
    answer: PhantomData<fn() -> T>,
}

/// When an instance begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Begins {
    Now,
    After(Duration),
    At(DateTime),
}

impl Begins {
    /// In milliseconds since 1970. What begins at once is due whatever the clocks of other machines say.
    pub(super) fn due_at(self, now: i64) -> i64 {
        match self {
            Self::Now => 0,
            Self::After(length) => now.saturating_add(i64::try_from(length.as_millis()).unwrap_or(i64::MAX)),
            Self::At(moment) => moment.timestamp_millis(),
        }
    }
}

impl<T> ProcessCall<T> {
    /// Made by the function that the macro generates.
    #[doc(hidden)]
    pub fn new(object: &'static ObjectDescriptor, given: Given) -> Self {
        Self { object, given, key: None, begins: Begins::Now, answer: PhantomData }
    }
}

impl<T> fmt::Debug for ProcessCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessCall")
            .field("object", &self.object.reference)
            .field("given", &self.given)
            .field("key", &self.key)
            .field("begins", &self.begins)
            .finish_non_exhaustive()
    }
}

/// A call of a step: it is made by `step(..)`, in the body of a process.
#[must_use = "a step runs in a process: write `step(..).await?`"]
pub struct StepCall<T> {
    pub(super) object: &'static ObjectDescriptor,
    pub(super) given: Given,
    answer: PhantomData<fn() -> T>,
}

impl<T> StepCall<T> {
    /// Made by the function that the macro generates.
    #[doc(hidden)]
    pub fn new(object: &'static ObjectDescriptor, given: Given) -> Self {
        Self { object, given, answer: PhantomData }
    }
}

impl<T> fmt::Debug for StepCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StepCall")
            .field("object", &self.object.reference)
            .field("given", &self.given)
            .finish_non_exhaustive()
    }
}
