//! Where the screens of a record are.

use crate::registry::ObjectDescriptor;

pub(super) use super::value::{list_address as list, row_address as row};

/// A screen or form of a row.
pub(super) fn of_row(object: &'static ObjectDescriptor, id: i64, what: &str) -> String {
    format!("{}/{what}", row(object, id))
}

/// The form of a new row.
pub(super) fn new(object: &'static ObjectDescriptor) -> String {
    format!("{}/new", list(object))
}
