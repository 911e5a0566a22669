//! Which field each column of a file fills.

use std::collections::HashMap;

use crate::error::{FieldError, Result};
use crate::model::{ColumnRef, record_of};
use crate::question::wrong;
use crate::record::Readable;
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::{Permission, Rights};
use crate::value::FieldType;

/// What a column fills.
#[derive(Clone, Copy)]
pub(super) enum Filled {
    /// Nothing: it is left out.
    Nothing,
    /// The id, which only tells the row.
    Id,
    /// A field.
    Field(usize),
    /// A reference, by a column of the record it leads to.
    Reference(usize, &'static ObjectDescriptor, ColumnRef),
}

impl Filled {
    /// The field, if it is one.
    pub(super) fn place(self) -> Option<usize> {
        match self {
            Self::Field(place) | Self::Reference(place, ..) => Some(place),
            Self::Nothing | Self::Id => None,
        }
    }
}

/// Says of each name of a column what it fills.
pub(super) struct Mapping {
    object: &'static ObjectDescriptor,
    /// What was said about columns: the name of a field, `reference.field`, or nothing.
    said: HashMap<String, String>,
    /// What each column fills, once it was asked for.
    known: HashMap<String, Result<Filled, FieldError>>,
    /// By field: whether it may be read, and written.
    fields: Vec<(bool, bool)>,
    /// Readers of the records that references lead to.
    targets: HashMap<usize, (&'static ObjectDescriptor, Readable)>,
}

impl Mapping {
    pub(super) fn of(
        object: &'static ObjectDescriptor,
        said: HashMap<String, String>,
        readable: &Readable,
        rights: &Rights,
    ) -> Self {
        let fields = record_of(object).fields;
        let targets = fields.iter().enumerate().filter_map(|(place, field)| match field.field_type {
            FieldType::Reference(target) if rights.allows(target(), Permission::View) => {
                Some((place, (target(), Readable::of(target(), rights))))
            }
            _ => None,
        });
        Self {
            object,
            said,
            known: HashMap::new(),
            fields: (0..fields.len()).map(|place| (readable.can_read(place), readable.can_write(place))).collect(),
            targets: targets.collect(),
        }
    }

    /// What is wrong with what was said, whether or not the file has the columns.
    pub(super) fn mistakes(&self) -> Vec<FieldError> {
        let mut wrong: Vec<FieldError> = self
            .said
            .keys()
            .filter_map(|column| self.find(column).err().map(|error| (column, error)))
            .map(|(column, error)| FieldError { field: format!("map[{column}]"), ..error })
            .collect();
        wrong.sort_by(|one, other| one.field.cmp(&other.field));
        wrong
    }

    /// What a column fills.
    pub(super) fn filled(&mut self, column: &str) -> Result<Filled, FieldError> {
        if let Some(known) = self.known.get(column) {
            return known.clone();
        }
        let found = self.find(column);
        // What a file of many names would fill memory with is asked again instead.
        if self.known.len() < 1000 {
            self.known.insert(column.to_owned(), found.clone());
        }
        found
    }

    fn find(&self, column: &str) -> Result<Filled, FieldError> {
        let shown: String = column.chars().take(60).collect();
        let unknown = || wrong(&shown, "unknown_field", "is not a field that can be imported; see `map`");
        let said = self.said.get(column).map(String::as_str);
        let name = said.unwrap_or(column);
        if name.is_empty() && said.is_some() {
            return Ok(Filled::Nothing);
        }
        if let Some(system) = SystemField::named(name) {
            // An export holds them, and they are nobody's to set.
            return Ok(if system == SystemField::Id { Filled::Id } else { Filled::Nothing });
        }
        let (first, second) = name.split_once('.').map_or((name, None), |(first, second)| (first, Some(second)));
        let (place, field) = record_of(self.object).field(first).ok_or_else(unknown)?;
        let (reads, writes) = self.fields.get(place).copied().unwrap_or_default();
        if !reads && !writes {
            return Err(unknown());
        }
        if !field.is_named() {
            return if reads && second.is_none() { Ok(Filled::Nothing) } else { Err(unknown()) };
        }
        if !writes {
            return Err(wrong(&shown, "read_only", "may not be written by you; `map` it to nothing to leave it out"));
        }
        let Some(second) = second else { return Ok(Filled::Field(place)) };
        let (target, readable) = self.targets.get(&place).ok_or_else(unknown)?;
        let by = readable.column(second).ok_or_else(unknown)?;
        match by {
            ColumnRef::Field(other) if record_of(target).fields.get(other).is_some_and(|field| field.unique) => {
                Ok(Filled::Reference(place, target, by))
            }
            _ => Err(wrong(&shown, "not_unique", "several rows can have one value of that field")),
        }
    }
}

/// The column that tells a row which exists: `id`, or a field of which no two rows have a value.
pub(super) fn key(object: &'static ObjectDescriptor, readable: &Readable, name: &str) -> Result<ColumnRef, FieldError> {
    let unknown = || wrong("match", "unknown_field", "must be `id` or a field of which each value is of one row");
    match readable.column(name).ok_or_else(unknown)? {
        ColumnRef::System(SystemField::Id) => Ok(ColumnRef::System(SystemField::Id)),
        ColumnRef::Field(place) if record_of(object).fields.get(place).is_some_and(|field| field.unique) => {
            Ok(ColumnRef::Field(place))
        }
        _ => Err(unknown()),
    }
}
