//! What records, rows and values are called in sentences.

use crate::registry::{FieldDescriptor, Object, ObjectDescriptor};
use crate::value::Value;

use super::value::Shown;
pub(super) use super::value::name_of;
pub(super) use crate::ui::shell::names::singular;
pub(super) use crate::ui::text::names::{choice, field as label};

/// One row of a record in the middle of a sentence: `invoice line`.
pub(super) fn singular_within(object: &ObjectDescriptor) -> String {
    object.name.replace('_', " ")
}

/// The rows of a record in the middle of a sentence: `invoice lines`.
pub(super) fn plural_within(object: &'static ObjectDescriptor) -> String {
    crate::model::record_of(object).plural.as_str().replace('_', " ")
}

/// A value as a text without form.
pub(super) fn shown(field: &FieldDescriptor, value: &Value) -> String {
    Shown::of(field, value, None).into_text()
}

/// The record of the people who can sign in.
pub(super) fn users() -> &'static ObjectDescriptor {
    crate::platform::records::User::object()
}
