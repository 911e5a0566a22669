//! The fields of a form, for an interface that arranges them by itself.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use dioxus::prelude::*;

use crate::model::{Column, ColumnRef, ManyColumn, Record};

/// A form that can draw its fields one by one.
pub trait FormParts {
    /// The field at this place of the record: its label, its control, what is wrong.
    ///
    /// # Errors
    /// None; it is the type of everything that is drawn.
    fn field(&self, place: usize) -> Element;
    /// The rows that belong to the row, by the field at this place.
    ///
    /// # Errors
    /// None; it is the type of everything that is drawn.
    fn rows(&self, place: usize) -> Element;
    /// True if the form asks for the field at this place.
    fn has(&self, place: usize) -> bool;
}

/// The fields of a form of record `R`. Each is drawn once, where it is wanted; what is not drawn is not asked for,
/// and stays as it is.
pub struct FormFields<R> {
    parts: Rc<dyn FormParts>,
    of: PhantomData<fn() -> R>,
}

impl<R> FormFields<R> {
    pub(super) fn of(parts: Rc<dyn FormParts>) -> Self {
        Self { parts, of: PhantomData }
    }
}

impl<R: Record> FormFields<R> {
    /// A field, with its label, its control and what is wrong with it: `form.field(|customer| customer.name)`. Nothing,
    /// if the visitor may not write it.
    ///
    /// # Errors
    /// None; it is the type of everything that is drawn.
    pub fn field<T>(&self, pick: impl FnOnce(&'static R::Columns) -> Column<T>) -> Element {
        match pick(R::columns()).place() {
            ColumnRef::Field(place) => self.parts.field(place),
            ColumnRef::System(_) | ColumnRef::Deleted => VNode::empty(),
        }
    }

    /// Rows that are written together with the row: `form.rows(|order| order.lines)`.
    ///
    /// # Errors
    /// None; it is the type of everything that is drawn.
    pub fn rows<O>(&self, pick: impl FnOnce(&'static R::Columns) -> ManyColumn<R, O>) -> Element {
        self.parts.rows(pick(R::columns()).place())
    }

    /// True if the form asks for the field: if the visitor may write it.
    pub fn has<T>(&self, pick: impl FnOnce(&'static R::Columns) -> Column<T>) -> bool {
        match pick(R::columns()).place() {
            ColumnRef::Field(place) => self.parts.has(place),
            ColumnRef::System(_) | ColumnRef::Deleted => false,
        }
    }
}

impl<R> Clone for FormFields<R> {
    fn clone(&self) -> Self {
        Self { parts: Rc::clone(&self.parts), of: PhantomData }
    }
}

impl<R> PartialEq for FormFields<R> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.parts, &other.parts)
    }
}

impl<R> fmt::Debug for FormFields<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What somebody has typed is not for logs.
        f.write_str("FormFields")
    }
}
