//! The values of a row.

use dioxus::prelude::*;

use super::super::relation::Names;
use super::super::value::Shown;
use super::super::{address, words};
use super::load::Seen;
use crate::model::{Row, record_of};
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::ui::components::{Detail, Details};
use crate::ui::pieces;
use crate::ui::text::Format;
use crate::ui::text::own::lists;
use crate::ui::text::own::{details, history};
use crate::value::{FieldType, Value};

type Object = &'static ObjectDescriptor;

/// Longest text that stands beside others.
const LONGEST: usize = 80;

/// A value of a row; a reference as a link, if the row that it leads to may be seen.
pub(super) fn shown<'a>(field: &'static FieldDescriptor, value: &'a Value, names: &'a Names) -> Shown<'a> {
    if let (FieldType::Reference(target), Value::Integer(id)) = (field.field_type, value)
        && let Some(name) = names.of(target(), *id)
    {
        return Shown::Link { href: address::row(target(), *id), text: name.into(), away: false };
    }
    Shown::of(field, value, None)
}

/// The fields of the author.
pub(super) fn own(object: Object, seen: &Seen) -> Element {
    let all = seen.fields.iter().filter_map(|place| {
        let (field, value) = record_of(object).fields.get(*place).zip(seen.row.values.get(*place))?;
        Some((field, value))
    });
    rsx! {
        Details {
            for (field , value) in all {
                Detail { key: "{field.name}", label: words::label(field), wide: is_wide(value),
                    if let Some(own) = pieces::display(object, field).and_then(|piece| piece.value(value)) {
                        {own}
                    } else if is_code(field) && !matches!(value, Value::Null) {
                        pre { class: "ao-code", {code(value)} }
                    } else {
                        div { class: if is_wide(value) { "ao-prose" }, {shown(field, value, &seen.names).element()} }
                    }
                }
            }
        }
    }
}

fn is_wide(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.len() > LONGEST || text.contains('\n'),
        Value::Json(_) => true,
        _ => false,
    }
}

fn is_code(field: &FieldDescriptor) -> bool {
    matches!(field.field_type, FieldType::Json)
}

fn code(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// What every row has: who made it, and who changed it last.
pub(super) fn system(row: &Row, names: &Names) -> Element {
    let user = |id: Option<i64>| match id {
        Some(id) => names.of(words::users(), id).map_or_else(|| history::user(&id.to_string()), str::to_owned),
        None => details::nobody().to_owned(),
    };
    let at = |moment: crate::value::DateTime| {
        rsx! {
            time { datetime: "{moment.to_rfc3339()}", {Format::current().date_time(moment)} }
        }
    };
    let system = &row.system;
    rsx! {
        Details {
            Detail { label: lists::created(), {at(system.created_at)} }
            Detail { label: lists::created_by(), {user(system.created_by)} }
            Detail { label: lists::changed(), {at(system.updated_at)} }
            Detail { label: lists::changed_by(), {user(system.updated_by)} }
            Detail { label: lists::id(), "{system.id}" }
            Detail { label: lists::version(), "{system.version}" }
        }
    }
}
