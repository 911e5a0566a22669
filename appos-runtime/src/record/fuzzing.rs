//! For the fuzz targets: a record with a field of every type, and its cursors.

use std::sync::Arc;

use serde_json::Value as Json;

use super::cursor::{at, column_type, read};
use crate::model::{ColumnRef, Direction, Row, Selection, Sort, SystemValues};
use crate::registry::{
    FieldDescriptor, ObjectDescriptor, ObjectDetail, PermissionLists, RecordDescriptor, SystemField,
};
use crate::security::{Policy, Rights, Subject, UserType};
use crate::value::{Choice, ChoicesDescriptor, FieldAccess, FieldType, json};

const CHOICES: ChoicesDescriptor =
    ChoicesDescriptor { type_name: "Colour", choices: &[Choice { value: "red", label: "Red" }] };

const fn field(name: &'static str, field_type: FieldType, nullable: bool) -> FieldDescriptor {
    FieldDescriptor::plain(name, "", (field_type, nullable, FieldAccess::NONE))
}

fn everything() -> &'static ObjectDescriptor {
    &EVERYTHING
}

/// The field that the reader may not see: the last one.
pub(crate) const HIDDEN: usize = 12;

static RECORD: RecordDescriptor = RecordDescriptor {
    table: "fuzz_everything",
    soft_delete: true,
    fields: &[
        FieldDescriptor { search: true, ..field("text", FieldType::Text, true) },
        field("small", FieldType::Integer { min: -128, max: 127 }, false),
        field("large", FieldType::Integer { min: i64::MIN, max: i64::MAX }, true),
        field("float", FieldType::Float, true),
        field("decimal", FieldType::Decimal { scale: 2 }, true),
        field("flag", FieldType::Bool, false),
        field("date", FieldType::Date, true),
        field("moment", FieldType::DateTime, true),
        field("uuid", FieldType::Uuid, true),
        field("json", FieldType::Json, true),
        field("colour", FieldType::Choice(&CHOICES), true),
        field("parent", FieldType::Reference(everything), true),
        FieldDescriptor { view: Some(&["nobody"]), search: true, ..field("salary", FieldType::Text, true) },
    ],
    ..RecordDescriptor::NONE
};

/// A record with a field of every type, which everybody may view.
pub(crate) static EVERYTHING: ObjectDescriptor = ObjectDescriptor {
    reference: "fuzz.records.everything",
    app: "fuzz",
    name: "everything",
    permissions: PermissionLists { view: Some(&["public_access"]), ..PermissionLists::NONE },
    detail: ObjectDetail::Record(&RECORD),
    ..ObjectDescriptor::NONE
};

/// Rights of somebody in no group.
pub(crate) fn rights() -> Rights {
    let groups = std::iter::once("public_access".to_owned()).collect();
    let subject = Subject { user_type: UserType::Basic, active: true, groups };
    Rights::new(0, subject, Arc::new(Policy::default()), 0)
}

/// A cursor: one that this query did not give out is refused, one that it did leads back to the
/// values of its row.
pub fn cursor(text: &str, values: &str) {
    let columns = (0..=HIDDEN).map(ColumnRef::Field).chain([ColumnRef::System(SystemField::Id)]);
    let sorts: Vec<Sort> = columns.map(|column| Sort { column, direction: Direction::Ascending }).collect();
    let (selection, other) = (Selection::default(), Selection { deleted: true, ..Selection::default() });
    assert!(read(&EVERYTHING, &selection, &sorts, text).is_err(), "nobody knows the mark of a query: {text}");

    let given: Vec<Json> = serde_json::from_str(values).unwrap_or_default();
    let fitted = sorts[..=HIDDEN].iter().zip(given.into_iter().chain(std::iter::repeat(Json::Null)));
    let fitted = fitted.map(|(sort, value)| json::from_json(&column_type(&EVERYTHING, sort.column).0, true, value));
    let Ok(values) = fitted.collect::<Result<Vec<_>, _>>() else { return };
    let now = crate::value::DateTime::UNIX_EPOCH;
    let system =
        SystemValues { id: 1, created_at: now, created_by: None, updated_at: now, updated_by: None, version: 1 };
    let row = Row::new(system, values);
    let cursor = at(&EVERYTHING, &selection, &sorts, &row);
    assert!(read(&EVERYTHING, &other, &sorts, &cursor).is_err(), "a cursor is one of its query only");
    assert!(read(&EVERYTHING, &selection, &sorts[1..], &cursor).is_err());
    // Fields that cannot be empty are so here; what is not empty must come back as it was.
    if let Ok(back) = read(&EVERYTHING, &selection, &sorts, &cursor) {
        assert_eq!(back[..=HIDDEN], row.values[..]);
    }
}
