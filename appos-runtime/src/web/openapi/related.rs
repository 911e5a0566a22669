//! Rows that are written with the row they belong to, as schemas.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, Type};

use super::responses::closed;
use super::rows::Seen;
use super::schemas::row_id;
use crate::model::{record_of, referring_field};
use crate::record::{MAX_RELATED, Readable};
use crate::registry::FieldDescriptor;
use crate::security::{Permission, Rights};
use crate::value::FieldType;

/// What is said of rows in a new row.
const NEW: &str = "New rows that belong to this one, written with it or not at all.";
/// What is said of rows in a change of a row.
const CHANGED: &str = "Rows that belong to this one, written with it or not at all: one without `id` is new, one with \
    `id` is changed or deleted, and one that is not named stays as it is.";

/// Adds the rows that may be given with a new row.
pub(super) fn of_new(row: ObjectBuilder, seen: &Seen<'_>, rights: &Rights) -> ObjectBuilder {
    add(row, seen, rights, NEW, |child, place| {
        let new = (rights.allows(child.object, Permission::Create)).then(|| child.new_within(place)).flatten();
        new.map(Schema::from)
    })
}

/// Adds the rows that may be given with a change of a row.
pub(super) fn of_change(row: ObjectBuilder, seen: &Seen<'_>, rights: &Rights) -> ObjectBuilder {
    add(row, seen, rights, CHANGED, |child, place| {
        let may = |permission| rights.allows(child.object, permission);
        let mut kinds = Vec::new();
        if may(Permission::Create) {
            kinds.extend(child.new_within(place));
        }
        if may(Permission::Update) {
            let version = row_id(false).description(Some("The version that was read."));
            let change = child.change_within(place).property("id", row_id(false)).required("id");
            kinds.push(change.property("version", version).required("version"));
        }
        if may(Permission::Delete) && child.record.field("delete").is_none() {
            let yes = ObjectBuilder::new().schema_type(Type::Boolean).enum_values(Some([true]));
            let version = row_id(false).description(Some("The version that was read; without it, any is deleted."));
            kinds.push(closed([("id", row_id(false)), ("delete", yes)]).property("version", version));
        }
        let any = !kinds.is_empty();
        let one = kinds.into_iter().fold(OneOfBuilder::new(), OneOfBuilder::item);
        any.then(|| Schema::OneOf(one.build()))
    })
}

fn add(
    row: ObjectBuilder,
    seen: &Seen<'_>,
    rights: &Rights,
    text: &str,
    element: impl Fn(&Seen<'_>, usize) -> Option<Schema>,
) -> ObjectBuilder {
    let fields = seen.record.fields.iter().enumerate().filter(|(at, _)| seen.readable.can_write(*at));
    fields.fold(row, |row, (_, field)| match related(field, seen, rights, &element) {
        Some(schema) if field.unique => row.property(field.name, schema),
        Some(schema) => {
            let many = ArrayBuilder::new().items(RefOr::T(schema)).max_items(Some(MAX_RELATED));
            row.property(field.name, many.description(Some(text)))
        }
        None => row,
    })
}

fn related(
    field: &FieldDescriptor,
    seen: &Seen<'_>,
    rights: &Rights,
    element: impl Fn(&Seen<'_>, usize) -> Option<Schema>,
) -> Option<Schema> {
    let FieldType::Many(target) = field.field_type else { return None };
    let object = target();
    let place = referring_field(object, seen.object.reference, field.unique)?;
    let readable = Readable::of(object, rights);
    let may_delete = rights.allows(object, Permission::Delete);
    element(&Seen { object, record: record_of(object), readable: &readable, may_delete }, place)
}
