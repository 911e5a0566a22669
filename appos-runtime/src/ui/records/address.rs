//! Where the screens of a record are.

use crate::model::record_of;
use crate::registry::ObjectDescriptor;

/// The list of its rows.
pub(super) fn list(object: &'static ObjectDescriptor) -> String {
    format!("/{}/{}", object.app, record_of(object).plural.as_str())
}

/// A row.
pub(super) fn row(object: &'static ObjectDescriptor, id: i64) -> String {
    format!("{}/{id}", list(object))
}

/// A screen or form of a row.
pub(super) fn of_row(object: &'static ObjectDescriptor, id: i64, what: &str) -> String {
    format!("{}/{id}/{what}", list(object))
}

/// The form of a new row.
pub(super) fn new(object: &'static ObjectDescriptor) -> String {
    format!("{}/new", list(object))
}
