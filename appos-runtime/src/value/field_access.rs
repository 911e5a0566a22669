//! Fields reached without naming their type. A struct hands out its fields as `dyn Any`, and the
//! descriptor knows what they are: so generated code names the type of a field once, in the
//! descriptor, and a type that is no field type is one error and not one for each use.

use std::any::Any;

use super::{FieldValue, Restricted, Value, ValueError};

/// How values of one field type `T` are made, read, written and copied. The field itself is a
/// `T`, a `Restricted<T>` (read by some only) or, of a change, an `Option<T>`.
#[derive(Debug)]
pub struct FieldAccess {
    make: fn(&mut dyn Any, Option<Value>) -> Result<(), ValueError>,
    read: fn(&dyn Any) -> Option<Value>,
    write: fn(&mut dyn Any, Option<Value>) -> Result<(), ValueError>,
    copy: fn(&mut dyn Any, &dyn Any),
}

/// A field and its descriptor are written by one macro from one type.
const MISMATCH: ValueError = ValueError { expected: "of the type of its field" };

impl FieldAccess {
    /// Of a field that holds no value of its own.
    pub const NONE: &'static Self =
        &Self { make: |_, _| Err(MISMATCH), read: |_| None, write: |_, _| Ok(()), copy: |_, _| {} };

    /// Of a type.
    pub(super) const fn of<T: FieldValue>() -> Self {
        Self { make: make::<T>, read: read::<T>, write: write::<T>, copy: copy::<T> }
    }

    /// A field with this value, or as it is where nothing is named.
    pub(crate) fn make<X: 'static>(&self, value: Option<Value>) -> Result<X, ValueError> {
        let mut made: Option<X> = None;
        (self.make)(&mut made, value)?;
        made.ok_or(MISMATCH)
    }

    /// A field where nothing is named.
    pub(crate) fn initial<X: 'static>(&self) -> X {
        match self.make(None) {
            Ok(made) => made,
            // Nothing is converted, so nothing can fail to fit but the field itself.
            Err(_) => unreachable!("a field and its descriptor have one type"),
        }
    }

    /// The value of a field; `None`: a change that leaves it as it is.
    pub(crate) fn read(&self, field: &dyn Any) -> Option<Value> {
        (self.read)(field)
    }

    /// Gives a field another value; `None`: what a change leaves as it is.
    pub(crate) fn write(&self, field: &mut dyn Any, value: Option<Value>) -> Result<(), ValueError> {
        (self.write)(field, value)
    }

    /// Copies a field to another.
    pub(crate) fn copy(&self, into: &mut dyn Any, from: &dyn Any) {
        (self.copy)(into, from);
    }
}

fn held<T: FieldValue>(value: Option<Value>) -> Result<T, ValueError> {
    value.map_or_else(|| Ok(T::default()), T::from_value)
}

fn make<T: FieldValue>(place: &mut dyn Any, value: Option<Value>) -> Result<(), ValueError> {
    if let Some(place) = place.downcast_mut::<Option<T>>() {
        *place = Some(held(value)?);
    } else if let Some(place) = place.downcast_mut::<Option<Restricted<T>>>() {
        *place = Some(held(value)?);
    } else if let Some(place) = place.downcast_mut::<Option<Option<T>>>() {
        *place = Some(value.map(T::from_value).transpose()?);
    } else {
        return Err(MISMATCH);
    }
    Ok(())
}

fn read<T: FieldValue>(field: &dyn Any) -> Option<Value> {
    if let Some(field) = field.downcast_ref::<T>() {
        Some(field.to_value())
    } else if let Some(field) = field.downcast_ref::<Restricted<T>>() {
        Some(field.to_value())
    } else {
        field.downcast_ref::<Option<T>>()?.as_ref().map(T::to_value)
    }
}

fn write<T: FieldValue>(field: &mut dyn Any, value: Option<Value>) -> Result<(), ValueError> {
    if let Some(field) = field.downcast_mut::<T>() {
        *field = held(value)?;
    } else if let Some(field) = field.downcast_mut::<Restricted<T>>() {
        *field = held(value)?;
    } else if let Some(field) = field.downcast_mut::<Option<T>>() {
        *field = value.map(T::from_value).transpose()?;
    }
    Ok(())
}

fn copy<T: FieldValue>(into: &mut dyn Any, from: &dyn Any) {
    fn copied<X: Clone + 'static>(into: &mut dyn Any, from: &dyn Any) -> Option<()> {
        into.downcast_mut::<X>()?.clone_from(from.downcast_ref::<X>()?);
        Some(())
    }
    let _ = copied::<T>(into, from)
        .or_else(|| copied::<Restricted<T>>(into, from))
        .or_else(|| copied::<Option<T>>(into, from));
}
