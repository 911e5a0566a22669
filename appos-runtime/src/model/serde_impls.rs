//! JSON and debug forms of records, generic over the descriptor: the macros emit one-line
//! calls, so that a record costs no serializer code of its own.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::field_kind::WriteKind;
use super::record::{Record, typed_row};
use super::row::{Row, SystemValues, record_of};
use super::written::{RecordFields, fields_of};
use crate::journal::is_redacting;
use crate::registry::{FieldDescriptor, Object, ObjectDescriptor, SystemField};
use crate::value::{ChoiceValue, Value, json};

/// What a log shows instead of a value it must not show.
const REDACTED: &str = "[redacted]";

/// True if this serialization must not show the field: it goes to a log, and the field is
/// sensitive or not for everyone.
fn masked(field: &FieldDescriptor) -> bool {
    (field.sensitive || field.view.is_some()) && is_redacting()
}

fn put<M: SerializeMap>(map: &mut M, field: &FieldDescriptor, value: &Value) -> Result<(), M::Error> {
    match value {
        Value::Hidden => Ok(()),
        _ if !field.has_value() => Ok(()),
        _ if masked(field) => map.serialize_entry(field.name, REDACTED),
        value => map.serialize_entry(field.name, value),
    }
}

/// Writes a row as a JSON object: id, fields, then the other system fields. Fields the
/// principal may not read are absent.
fn serialize_row<S: Serializer>(written: &JsonRow<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let JsonRow { object, row, fields, expanded } = written;
    let shows = |name: &str| fields.is_none_or(|wanted| wanted.contains(&name));
    let SystemValues { id, created_at, created_by, updated_at, updated_by, version } = &row.system;
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("id", id)?;
    for (field, value) in record_of(object).fields.iter().zip(&row.values) {
        if shows(field.name) {
            put(&mut map, field, value)?;
        }
    }
    let id = |id: &Option<i64>| id.map_or(Value::Null, Value::Integer);
    for (field, value) in [
        (SystemField::CreatedAt, Value::DateTime(*created_at)),
        (SystemField::CreatedBy, id(created_by)),
        (SystemField::UpdatedAt, Value::DateTime(*updated_at)),
        (SystemField::UpdatedBy, id(updated_by)),
        (SystemField::Version, Value::Integer(*version)),
    ] {
        if shows(field.name()) {
            map.serialize_entry(field.name(), &value)?;
        }
    }
    if let Some(expanded) = expanded {
        map.serialize_entry("expanded", expanded)?;
    }
    map.end()
}

/// `Serialize` of a record.
pub fn serialize_record<R: Record, S: Serializer>(record: &R, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_row(&JsonRow::whole(R::object(), &record.to_row()), serializer)
}

/// `Serialize` of a new row, or of what a change names.
pub fn serialize_fields<F: RecordFields, S: Serializer>(fields: &F, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (field, value) in record_of(F::Record::object()).fields.iter().zip(fields.to_values()) {
        if let Some(value) = value {
            put(&mut map, field, &value)?;
        }
    }
    map.end()
}

fn field_value<E: serde::de::Error>(field: &FieldDescriptor, json: Json) -> Result<Value, E> {
    json::from_json(&field.field_type, field.nullable, json)
        .map_err(|misfit| E::custom(format_args!("{} {}", field.name, misfit.message)))
}

fn no_others<E: serde::de::Error>(map: &Map<String, Json>, object: &ObjectDescriptor) -> Result<(), E> {
    match map.keys().next() {
        Some(unknown) => Err(E::custom(format_args!("{} has no field `{unknown}`", object.reference))),
        None => Ok(()),
    }
}

/// `Deserialize` of a new row, where fields may be left out that have a default or may be
/// empty, or of a change, where all may.
pub fn deserialize_fields<'de, F: RecordFields, D: Deserializer<'de>>(deserializer: D) -> Result<F, D::Error> {
    let object = F::Record::object();
    let mut map = Map::deserialize(deserializer)?;
    let mut values = Vec::new();
    for field in record_of(object).fields {
        values.push(match map.remove(field.name) {
            Some(json) if field.is_named() => Some(field_value(field, json)?),
            _ if F::Kind::IS_CHANGE => None,
            _ if !field.is_named() => Some(Value::Null),
            _ => match field.default {
                Some(default) => Some(default()),
                None if field.nullable => Some(Value::Null),
                None => return Err(D::Error::custom(format_args!("{} is required", field.name))),
            },
        });
    }
    no_others(&map, object)?;
    fields_of(values).map_err(D::Error::custom)
}

/// `Deserialize` of a record, in the form in which it is serialized.
pub fn deserialize_record<'de, R: Record, D: Deserializer<'de>>(deserializer: D) -> Result<R, D::Error> {
    let object = R::object();
    let mut map = Map::deserialize(deserializer)?;
    let mut values = Vec::new();
    for field in record_of(object).fields {
        values.push(match map.remove(field.name) {
            Some(json) if field.has_value() => field_value(field, json)?,
            None if field.view.is_some() => Value::Hidden,
            _ => Value::Null,
        });
    }
    let system = SystemValues {
        id: system(&mut map, SystemField::Id)?,
        created_at: system(&mut map, SystemField::CreatedAt)?,
        created_by: system(&mut map, SystemField::CreatedBy)?,
        updated_at: system(&mut map, SystemField::UpdatedAt)?,
        updated_by: system(&mut map, SystemField::UpdatedBy)?,
        version: system(&mut map, SystemField::Version)?,
    };
    no_others(&map, object)?;
    typed_row(Row { system, values }).map_err(D::Error::custom)
}

fn system<T: DeserializeOwned, E: serde::de::Error>(map: &mut Map<String, Json>, field: SystemField) -> Result<T, E> {
    let json = map.remove(field.name()).unwrap_or(Json::Null);
    serde_json::from_value(json).map_err(|error| E::custom(format_args!("{}: {error}", field.name())))
}

/// `Serialize` of a choice.
pub fn serialize_choice<C: ChoiceValue, S: Serializer>(choice: C, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(choice.as_str())
}

/// `Deserialize` of a choice.
pub fn deserialize_choice<'de, C: ChoiceValue, D: Deserializer<'de>>(deserializer: D) -> Result<C, D::Error> {
    let name = String::deserialize(deserializer)?;
    C::from_name(&name).ok_or_else(|| {
        let names: Vec<_> = C::CHOICES.choices.iter().map(|choice| choice.value).collect();
        D::Error::custom(format_args!("must be one of {}", names.join(", ")))
    })
}

/// `Debug` of fields, with what is sensitive or restricted left out: a debug text may end in
/// any log.
fn fmt_values(
    object: &'static ObjectDescriptor,
    id: Option<i64>,
    values: Vec<Option<Value>>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut debug = f.debug_struct(record_of(object).type_name);
    if let Some(id) = id {
        debug.field("id", &id);
    }
    let fields = record_of(object).fields.iter().zip(values).filter(|(field, _)| field.has_value());
    for (field, value) in fields {
        let masked = field.sensitive || field.view.is_some();
        match value {
            None => &mut debug,
            Some(Value::Hidden) => debug.field(field.name, &format_args!("[restricted]")),
            Some(_) if masked => debug.field(field.name, &format_args!("{REDACTED}")),
            Some(value) => {
                debug.field(field.name, &format_args!("{}", serde_json::to_string(&value).unwrap_or_default()))
            }
        };
    }
    debug.finish()
}

/// `Debug` of a record.
pub fn fmt_record<R: Record>(record: &R, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let row = record.to_row();
    fmt_values(R::object(), Some(row.system.id), row.values.into_iter().map(Some).collect(), f)
}

/// `Debug` of a new row or a change.
pub fn fmt_fields<F: RecordFields>(fields: &F, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt_values(F::Record::object(), None, fields.to_values(), f)
}

/// A row with its object, to be written as JSON.
pub(crate) struct JsonRow<'a> {
    pub(crate) object: &'static ObjectDescriptor,
    pub(crate) row: &'a Row,
    /// Names of the fields to write beside `id`; `None`: all.
    pub(crate) fields: Option<&'a [&'static str]>,
    /// What stands under `expanded`, if anybody asked for it.
    pub(crate) expanded: Option<Json>,
}

impl<'a> JsonRow<'a> {
    /// All of a row.
    pub(crate) fn whole(object: &'static ObjectDescriptor, row: &'a Row) -> Self {
        Self { object, row, fields: None, expanded: None }
    }
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_row(self, serializer)
    }
}
