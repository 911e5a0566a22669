//! What a writer hands in, JSON or typed, made into checked values: all wrong fields at once.

use serde_json::{Map, Value as Json};

use super::fields::Readable;
use super::validate::validate;
use crate::error::{AppOsError, FieldError, Result};
use crate::model::record_of;
use crate::registry::{FieldDescriptor, ObjectDescriptor, SystemField};
use crate::value::{FieldType, Value, json};

/// Values to write: a JSON object of a client, or one slot a field from typed code.
pub(crate) enum Input {
    /// A JSON object.
    Json(Map<String, Json>),
    /// A JSON object that stands in the row it belongs to.
    Within(Map<String, Json>, Within),
    /// One value for each field, `None` where none is named.
    Values(Vec<Option<Value>>),
    /// Either of them, with the file of a document.
    #[cfg(feature = "web")]
    WithFile(Box<Input>, FileValues),
}

/// What a document has from its file: no writer names it.
#[derive(Clone, Debug)]
pub(crate) struct FileValues {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) size: i64,
    pub(crate) version: i64,
}

impl FileValues {
    /// Puts them where their fields are.
    fn put(self, object: &'static ObjectDescriptor, slots: &mut Checked) {
        let values = [
            ("file_name", Value::Text(self.name)),
            ("content_type", Value::Text(self.content_type)),
            ("size", Value::Integer(self.size)),
            ("file_version", Value::Integer(self.version)),
        ];
        for (name, value) in values {
            if let Some(slot) = record_of(object).field(name).and_then(|(place, _)| slots.get_mut(place)) {
                *slot = Some(value);
            }
        }
    }
}

/// The row that a row belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Within {
    /// Place of the reference to it.
    pub(super) place: usize,
    /// Its id.
    pub(super) id: i64,
}

/// Values for the stored fields, by place; `None`: not named.
pub(super) type Checked = Vec<Option<Value>>;

pub(super) fn wrong(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> FieldError {
    FieldError { field: field.into(), code: code.into(), message: message.into() }
}

/// The value of a field that its writer may not set: its default, or the empty value of its
/// type where there is an obvious one.
fn untouched(field: &FieldDescriptor) -> Option<Value> {
    if let Some(default) = field.default {
        return Some(default());
    }
    if field.nullable {
        return Some(Value::Null);
    }
    match field.field_type {
        FieldType::Text => Some(Value::Text(String::new())),
        FieldType::Integer { .. } => Some(Value::Integer(0)),
        FieldType::Float => Some(Value::Float(0.0)),
        FieldType::Decimal { .. } => Some(Value::Decimal(rust_decimal::Decimal::ZERO)),
        FieldType::Bool => Some(Value::Bool(false)),
        _ => None,
    }
}

/// True if a row can be made by someone who may not write this field.
#[cfg(feature = "web")]
pub(crate) fn can_stay_untouched(field: &FieldDescriptor) -> bool {
    field.default.is_some() || untouched(field).is_some()
}

impl Input {
    /// One slot a field, with what is wrong about the JSON.
    fn slots(self, object: &'static ObjectDescriptor, seen: &Readable, errors: &mut Vec<FieldError>) -> Checked {
        let fields = record_of(object).fields;
        let (mut map, within) = match self {
            // Nobody may name the value of a field that is computed or numbered.
            Self::Values(values) => {
                let named = |(field, value): (&FieldDescriptor, Option<Value>)| value.filter(|_| field.is_named());
                return fields.iter().zip(values).map(named).collect();
            }
            #[cfg(feature = "web")]
            Self::WithFile(inner, _) => return inner.slots(object, seen, errors),
            Self::Json(map) => (map, None),
            Self::Within(map, within) => (map, Some(within)),
        };
        let mut slots = Vec::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            if let Some(within) = within.filter(|within| within.place == index) {
                if map.remove(field.name).is_some() {
                    errors.push(wrong(field.name, "read_only", "is the row that this one stands in; leave it out"));
                }
                slots.push(Some(Value::Integer(within.id)));
                continue;
            }
            // A field that may be neither read nor written is left in the map: it is unknown.
            let known = field.is_named() && (seen.can_read(index) || seen.can_write(index));
            let given = if known { map.remove(field.name) } else { None };
            slots.push(given.and_then(|json| match json::from_json(&field.field_type, field.nullable, json) {
                Ok(value) => Some(value),
                Err(misfit) => {
                    errors.push(wrong(field.name, misfit.code, misfit.message));
                    None
                }
            }));
        }
        for name in map.keys() {
            let system = SystemField::named(name).is_some();
            let many = fields.iter().any(|field| field.name == name && !field.is_named());
            errors.push(if many && within.is_some() {
                wrong(
                    name,
                    "too_deep",
                    "cannot be given here: rows are written with the row they belong to, one level deep",
                )
            } else if system || many {
                wrong(name, "read_only", "is set by the system")
            } else {
                wrong(name, "unknown_field", "is not a field of this record")
            });
        }
        slots
    }

    /// The input without the file of a document.
    fn split(self) -> (Self, Option<FileValues>) {
        match self {
            #[cfg(feature = "web")]
            Self::WithFile(inner, file) => (*inner, Some(file)),
            other => (other, None),
        }
    }

    /// Values of a new row.
    pub(super) fn for_create(self, object: &'static ObjectDescriptor, seen: &Readable) -> Result<Checked> {
        let (this, file) = self.split();
        let typed = matches!(this, Self::Values(_));
        let mut errors = Vec::new();
        let mut slots = this.slots(object, seen, &mut errors);
        for (index, (field, slot)) in record_of(object).fields.iter().zip(&mut slots).enumerate() {
            if !field.is_named() {
                *slot = None;
                continue;
            }
            if !seen.can_write(index) {
                let untouched = untouched(field);
                match (&slot, untouched) {
                    // Typed code names every field; what it leaves at its default it does not write.
                    (Some(value), Some(default)) if typed && *value == default => {}
                    (Some(_), _) => errors.push(wrong(field.name, "read_only", "may not be written by you")),
                    (None, Some(default)) => *slot = Some(default),
                    (None, None) => {
                        errors.push(wrong(field.name, "required", "is required, and may not be written by you"));
                    }
                }
                continue;
            }
            if slot.is_none() && !errors.iter().any(|error| error.field == field.name) {
                match field.default {
                    Some(default) => *slot = Some(default()),
                    None if field.nullable => *slot = Some(Value::Null),
                    None => errors.push(wrong(field.name, "required", "is required")),
                }
            }
            check(field, slot.as_ref(), &mut errors);
        }
        match file {
            Some(file) => file.put(object, &mut slots),
            // No row is made without its file, whoever makes it.
            None if record_of(object).document().is_some() => {
                errors.push(wrong("file", "required", "is required: a document is made by uploading its file"));
            }
            None => {}
        }
        finish(slots, errors)
    }

    /// Values of a change.
    pub(super) fn for_update(self, object: &'static ObjectDescriptor, seen: &Readable) -> Result<Checked> {
        let mut errors = Vec::new();
        let (this, file) = self.split();
        let stays = if let Self::Within(_, within) = &this { Some(within.place) } else { None };
        let mut slots = this.slots(object, seen, &mut errors);
        for (index, (field, slot)) in record_of(object).fields.iter().zip(&mut slots).enumerate() {
            if !field.is_named() || stays == Some(index) {
                *slot = None;
            } else if slot.is_some() && !seen.can_write(index) {
                errors.push(wrong(field.name, "read_only", "may not be written by you"));
            } else {
                check(field, slot.as_ref(), &mut errors);
            }
        }
        if let Some(file) = file {
            file.put(object, &mut slots);
        }
        finish(slots, errors)
    }
}

/// Checks a value whichever way it came: typed values can be out of a decimal's scale, too.
fn check(field: &FieldDescriptor, value: Option<&Value>, errors: &mut Vec<FieldError>) {
    let Some(value) = value else { return };
    match (value, field.field_type) {
        (Value::Decimal(number), FieldType::Decimal { scale }) if json::scaled(*number, scale).is_none() => {
            errors.push(wrong(field.name, "too_precise", format!("must have at most {scale} digits after the point")));
        }
        (Value::Float(number), _) if !number.is_finite() => {
            errors.push(wrong(field.name, "not_finite", "must be a finite number"));
        }
        (Value::Text(text), _) if text.contains('\0') => {
            errors.push(wrong(field.name, "nul_character", "must not contain a NUL character"));
        }
        _ => {}
    }
    validate(field, value, errors);
}

fn finish(slots: Checked, errors: Vec<FieldError>) -> Result<Checked> {
    if errors.is_empty() {
        return Ok(slots);
    }
    Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").with_fields(errors))
}
