//! Where the screens of a record are.

use crate::registry::ObjectDescriptor;
use crate::ui::shell::names;

/// The rows of a record.
pub(super) fn list(object: &'static ObjectDescriptor) -> String {
    names::address(object)
}

/// A row.
pub(super) fn row(object: &'static ObjectDescriptor, id: i64) -> String {
    format!("{}/{id}", list(object))
}

/// A screen or form of a row.
pub(super) fn of_row(object: &'static ObjectDescriptor, id: i64, what: &str) -> String {
    format!("{}/{what}", row(object, id))
}

/// The form of a new row.
pub(super) fn new(object: &'static ObjectDescriptor) -> String {
    format!("{}/new", list(object))
}
