//! What records, rows and values are called in sentences.

use crate::registry::{FieldDescriptor, Object, ObjectDescriptor};
use crate::value::Value;

use super::value::Shown;
pub(super) use super::value::name_of;
pub(super) use crate::ui::shell::names::singular;
use crate::ui::shell::names::within;
use crate::ui::text::names;
pub(super) use crate::ui::text::names::{choice, field as label};

/// One row of a record in the middle of a sentence: `invoice line`.
pub(super) fn singular_within(object: &ObjectDescriptor) -> String {
    names::record(object).map_or_else(|| object.name.replace('_', " "), within)
}

/// The rows of a record in the middle of a sentence: `invoice lines`.
pub(super) fn plural_within(object: &'static ObjectDescriptor) -> String {
    names::records(object).map_or_else(|| crate::model::record_of(object).plural.as_str().replace('_', " "), within)
}

/// A value as a text without form.
pub(super) fn shown(field: &FieldDescriptor, value: &Value) -> String {
    Shown::of(field, value, None).into_text()
}

/// The record of the people who can sign in.
pub(super) fn users() -> &'static ObjectDescriptor {
    crate::platform::records::User::object()
}
