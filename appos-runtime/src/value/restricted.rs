//! A field that not everyone who may view the row may read.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{FieldType, FieldValue, Value, ValueError};
use crate::error::{AppOsError, Result};

/// The value of a field with `view = [..]`: present only if the principal may read it.
///
/// A rule that needs it says so with [`get`](Self::get), and fails with a security error
/// instead of computing with a made-up value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Restricted<T>(Option<T>);

impl<T> Restricted<T> {
    /// The value.
    ///
    /// # Errors
    /// The principal may not read this field.
    pub fn get(&self) -> Result<&T> {
        self.0.as_ref().ok_or_else(|| AppOsError::security("this field may not be read"))
    }

    /// The value, if the principal may read it.
    pub fn readable(&self) -> Option<&T> {
        self.0.as_ref()
    }
}

impl<T> Default for Restricted<T> {
    /// Not readable.
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for Restricted<T> {
    /// Never shows the value: what is restricted has no place in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[restricted]")
    }
}

impl<T: Serialize> Serialize for Restricted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: FieldValue> FieldValue for Restricted<T> {
    const TYPE: FieldType = T::TYPE;
    const NULLABLE: bool = T::NULLABLE;

    fn into_value(self) -> Value {
        self.0.map_or(Value::Hidden, T::into_value)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Hidden => Ok(Self(None)),
            value => T::from_value(value).map(|value| Self(Some(value))),
        }
    }
}
