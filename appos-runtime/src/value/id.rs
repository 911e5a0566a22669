//! Ids of rows, typed by their record: an order's id is not a customer's.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FieldType, FieldValue, Value, ValueError};
use crate::codegen_support::Record;

/// The id of a row of record `R`.
///
/// Ids are given by the database, start at 1 and are plain numbers in JSON.
pub struct Id<R>(i64, PhantomData<fn() -> R>);

impl<R> Id<R> {
    /// The id with this number.
    pub const fn new(number: i64) -> Self {
        Self(number, PhantomData)
    }

    /// The number of this id.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl<R> From<i64> for Id<R> {
    fn from(number: i64) -> Self {
        Self::new(number)
    }
}

impl<R> From<Ref<R>> for Id<R> {
    fn from(reference: Ref<R>) -> Self {
        reference.id()
    }
}

impl<R: Record> FieldValue for Id<R> {
    const TYPE: FieldType = FieldType::Reference(R::object);

    fn into_value(self) -> Value {
        Value::Integer(self.0)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Integer(number) => Ok(Self::new(number)),
            _ => Err(ValueError { expected: "an id" }),
        }
    }
}

/// A reference to a row of record `R`: a field that holds the row's id.
///
/// The database keeps it valid; what happens when the row is deleted is the field's
/// `on_delete`.
pub struct Ref<R>(Id<R>);

impl<R> Ref<R> {
    /// The id of the row referred to.
    pub const fn id(self) -> Id<R> {
        self.0
    }

    /// The number of that id.
    pub const fn get(self) -> i64 {
        self.0.0
    }
}

impl<R> From<Id<R>> for Ref<R> {
    fn from(id: Id<R>) -> Self {
        Self(id)
    }
}

impl<R> From<i64> for Ref<R> {
    fn from(number: i64) -> Self {
        Self(Id::new(number))
    }
}

impl<R> Default for Id<R> {
    /// The id 0, which no row has: a write that leaves it so is refused.
    fn default() -> Self {
        Self::new(0)
    }
}

impl<R> Default for Ref<R> {
    /// The id 0, which no row has: a write that leaves it so is refused.
    fn default() -> Self {
        Self(Id::new(0))
    }
}

impl<R: Record> FieldValue for Ref<R> {
    const TYPE: FieldType = FieldType::Reference(R::object);

    fn into_value(self) -> Value {
        Value::Integer(self.get())
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        Id::from_value(value).map(Self)
    }
}

/// The traits of a number, without asking anything of `R` as a derive would.
macro_rules! like_a_number {
    ($($ty:ident),*) => {$(
        impl<R> Clone for $ty<R> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<R> Copy for $ty<R> {}

        impl<R> PartialEq for $ty<R> {
            fn eq(&self, other: &Self) -> bool {
                self.get() == other.get()
            }
        }

        impl<R> Eq for $ty<R> {}

        impl<R> PartialOrd for $ty<R> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl<R> Ord for $ty<R> {
            fn cmp(&self, other: &Self) -> Ordering {
                self.get().cmp(&other.get())
            }
        }

        impl<R> Hash for $ty<R> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.get().hash(state);
            }
        }

        impl<R> fmt::Debug for $ty<R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($ty), "({})"), self.get())
            }
        }

        impl<R> fmt::Display for $ty<R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.get(), f)
            }
        }

        impl<R> Serialize for $ty<R> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.get())
            }
        }

        impl<'de, R> Deserialize<'de> for $ty<R> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                i64::deserialize(deserializer).map(Self::from)
            }
        }
    )*};
}

like_a_number!(Id, Ref);
