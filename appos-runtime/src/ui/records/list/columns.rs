//! Which columns a list has.

use crate::error::Result;
use crate::model::{ColumnRef, Row, record_of};
use crate::question::{bad_query, wrong};
use crate::record::{Expanded, Expansion, Readable};
use crate::registry::{FieldDescriptor, ObjectDescriptor, SystemField, Validation};
use crate::ui::records::value::{Shown, is_number};
use crate::ui::text::Format;
use crate::ui::text::names::field as field_name;
use crate::ui::text::own::lists;
use crate::value::FieldType;

/// Columns of a list for which nobody has chosen any.
const FEW: usize = 7;
/// Texts that may be longer than this are for the row's own screen, unless somebody asks for them.
const LONG: u64 = 200;

/// A column of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    place: Place,
    /// True if it can be sorted and filtered by.
    pub(super) stored: bool,
    /// True if its values stand at the right.
    pub(super) number: bool,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    System(SystemField),
    Field(usize, &'static FieldDescriptor),
}

impl Column {
    fn system(field: SystemField) -> Self {
        let number = matches!(field, SystemField::Id | SystemField::Version);
        Self { name: field.name(), label: system_label(field), place: Place::System(field), stored: true, number }
    }

    fn field(place: usize, field: &'static FieldDescriptor) -> Self {
        let (stored, number) = (field.is_stored(), is_number(&field.field_type));
        Self { name: field.name, label: field_name(field), place: Place::Field(place, field), stored, number }
    }

    /// What stands in it in a row.
    pub(super) fn shown<'a>(&self, format: &Format, row: &'a Row, beside: &'a [Expanded]) -> Shown<'a> {
        match self.place {
            Place::System(field) => Shown::system(field, row),
            Place::Field(place, field) => {
                let reference = beside.iter().find(|reference| reference.place == place);
                let found = reference.and_then(|reference| Some((reference.target, reference.of(row)?)));
                row.values.get(place).map_or(Shown::Nothing, |value| Shown::for_reader(format, field, value, found))
            }
        }
    }

    /// The rows that it refers to.
    pub(super) fn expansion(&self) -> Option<Expansion> {
        match self.place {
            Place::Field(place, field) => match field.field_type {
                FieldType::Reference(target) if field.is_stored() => {
                    Some(Expansion { place, field: field.name, target: target(), then: Vec::new() })
                }
                _ => None,
            },
            Place::System(_) => None,
        }
    }

    /// Where its values stand in a row.
    pub(super) fn reference(&self) -> ColumnRef {
        match self.place {
            Place::System(field) => ColumnRef::System(field),
            Place::Field(place, _) => ColumnRef::Field(place),
        }
    }

    /// The field, if it is one of the author's.
    pub(super) fn descriptor(&self) -> Option<&'static FieldDescriptor> {
        match self.place {
            Place::Field(_, field) => Some(field),
            Place::System(_) => None,
        }
    }

    /// Its type.
    pub(super) fn field_type(&self) -> FieldType {
        match self.place {
            Place::Field(_, field) => field.field_type,
            Place::System(SystemField::CreatedAt | SystemField::UpdatedAt) => FieldType::DateTime,
            Place::System(_) => FieldType::Integer { min: 1, max: i64::MAX },
        }
    }

    /// True if rows can lack a value in it.
    pub(super) fn nullable(&self) -> bool {
        match self.place {
            Place::Field(_, field) => field.nullable,
            Place::System(field) => matches!(field, SystemField::CreatedBy | SystemField::UpdatedBy),
        }
    }
}

fn system_label(field: SystemField) -> &'static str {
    match field {
        SystemField::Id => lists::number(),
        SystemField::CreatedAt => lists::created(),
        SystemField::CreatedBy => lists::created_by(),
        SystemField::UpdatedAt => lists::changed(),
        SystemField::UpdatedBy => lists::changed_by(),
        SystemField::Version => lists::version(),
    }
}

/// All columns that a list can have for this reader: the author's, then those of every row.
pub(super) fn all(object: &'static ObjectDescriptor, readable: &Readable) -> Vec<Column> {
    let fields = record_of(object).fields.iter().enumerate();
    let fields = fields.filter(|(place, field)| field.has_value() && readable.can_read(*place));
    fields.map(|(place, field)| Column::field(place, field)).chain(SystemField::ALL.map(Column::system)).collect()
}

/// The columns that are asked for, in the order in which they are; without a question, some.
///
/// # Errors
/// One is not there, or not for this reader.
pub(super) fn chosen(object: &'static ObjectDescriptor, all: &[Column], asked: Option<&str>) -> Result<Vec<Column>> {
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else { return Ok(usual(object, all)) };
    let (mut chosen, mut errors) = (Vec::<Column>::new(), Vec::new());
    for name in asked.split(',') {
        match all.iter().find(|column| column.name == name) {
            Some(column) if chosen.iter().all(|earlier| earlier.name != name) => chosen.push(*column),
            Some(_) => {}
            None => {
                let shown: String = name.chars().take(60).collect();
                errors.push(wrong(
                    "columns",
                    "unknown_field",
                    format!("`{shown}` is not a field that can be shown here"),
                ));
            }
        }
    }
    if errors.is_empty() { Ok(chosen) } else { Err(bad_query(errors)) }
}

fn usual(object: &'static ObjectDescriptor, all: &[Column]) -> Vec<Column> {
    let display = record_of(object).display.and_then(|place| record_of(object).fields.get(place));
    let is_display = |column: &&Column| display.is_some_and(|display| display.name == column.name);
    let first = all.iter().find(is_display);
    let others = all.iter().filter(|column| !is_display(column) && column.descriptor().is_some_and(is_short));
    let mut usual: Vec<Column> = first.into_iter().chain(others).take(FEW).copied().collect();
    if usual.is_empty() {
        usual.push(Column::system(SystemField::Id));
    }
    usual
}

fn is_short(field: &FieldDescriptor) -> bool {
    match field.field_type {
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) | FieldType::Uuid => false,
        FieldType::Text => field.validations.iter().all(|validation| match validation {
            Validation::Length { max: Some(max), .. } => *max <= LONG,
            _ => true,
        }),
        _ => true,
    }
}
