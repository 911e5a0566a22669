//! What records, rows and fields are called by people.

use std::borrow::Cow;

use crate::model::{Row, record_of};
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::value::{FieldType, Value};

/// `invoice_line` as people write it: `Invoice line`.
pub(super) fn in_words(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// One row of a record: `Invoice line`.
pub(super) fn singular(object: &ObjectDescriptor) -> String {
    in_words(object.name)
}

/// The rows of a record: `Invoice lines`.
pub(super) fn plural(object: &'static ObjectDescriptor) -> String {
    in_words(record_of(object).plural.as_str())
}

/// The same in the middle of a sentence: `invoice line`.
pub(super) fn singular_within(object: &ObjectDescriptor) -> String {
    object.name.replace('_', " ")
}

/// What a row is called: the value of its display field as far as it may be read, else its number.
pub(super) fn name_of<'a>(object: &'static ObjectDescriptor, row: &'a Row) -> Cow<'a, str> {
    let record = record_of(object);
    let display = record.display.and_then(|place| record.fields.get(place).zip(row.values.get(place)));
    let name = match display {
        // A reference would need the row that it leads to.
        Some((field, _)) if matches!(field.field_type, FieldType::Reference(_)) => Cow::default(),
        Some((field, value)) => shown(field, value),
        None => Cow::default(),
    };
    if name.trim().is_empty() { Cow::Owned(format!("#{}", row.system.id)) } else { name }
}

/// A value as a text without form.
pub(super) fn shown<'a>(field: &FieldDescriptor, value: &'a Value) -> Cow<'a, str> {
    match (value, field.field_type) {
        (Value::Text(name), FieldType::Choice(choices)) => {
            let choice = choices.choices.iter().find(|choice| choice.value == name.as_str());
            choice.map_or(Cow::Borrowed(name.as_str()), |choice| choice.label.into())
        }
        (Value::Text(text), _) => Cow::Borrowed(text.as_str()),
        (Value::Bool(true), _) => "Yes".into(),
        (Value::Bool(false), _) => "No".into(),
        (Value::Integer(id), FieldType::Reference(_)) => format!("#{id}").into(),
        (Value::DateTime(moment), _) => super::zone::local(*moment).format("%Y-%m-%d %H:%M").to_string().into(),
        (value, field_type) => super::form::text_of(&field_type, value).into(),
    }
}

/// The record of the people who can sign in.
pub(super) fn users() -> &'static ObjectDescriptor {
    use crate::registry::Object;
    crate::platform::records::User::object()
}
