//! The value that several rows are to have in one field.

use serde_json::Value as Json;

use crate::model::record_of;
use crate::record::Readable;
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::ui::text::Format;
use crate::value::FieldType;

/// Fields that several rows can have the same value of, for whoever may write them.
pub(super) fn fields(object: &'static ObjectDescriptor, readable: &Readable) -> Vec<&'static FieldDescriptor> {
    let all = record_of(object).fields.iter().enumerate();
    let fit = all.filter(|(place, field)| {
        let plain = !matches!(field.field_type, FieldType::Json | FieldType::List(_) | FieldType::Many(_));
        plain && field.is_named() && !field.unique && readable.can_read(*place) && readable.can_write(*place)
    });
    fit.map(|(_, field)| field).collect()
}

/// What a form says, as the service reads it. What does not fit is said by the service, as of every write.
pub(super) fn read(field: &FieldDescriptor, text: &str, empty: bool) -> Json {
    if empty || (text.is_empty() && field.nullable) {
        return Json::Null;
    }
    match field.field_type {
        FieldType::Bool => match text {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            other => Json::String(other.to_owned()),
        },
        FieldType::Integer { .. } | FieldType::Float | FieldType::Reference(_) => {
            let number = serde_json::from_str::<Json>(text.trim()).ok().filter(Json::is_number);
            number.unwrap_or_else(|| Json::String(text.to_owned()))
        }
        FieldType::DateTime => {
            let moment = Format::current().moment_from_input(text, None).ok();
            let moment = moment.map(|moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Micros, true));
            Json::String(moment.unwrap_or_else(|| text.to_owned()))
        }
        FieldType::Text => Json::String(text.to_owned()),
        _ => Json::String(text.trim().to_owned()),
    }
}
