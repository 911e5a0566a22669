//! Rows as schemas: as they are answered, created and changed by one principal.

use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};

use super::operation::schema_ref;
use super::related;
use super::responses::{closed, uuid};
use super::schemas::{accepted, answered, moment, row_id};
use crate::record::{ACTIONS, Readable, can_stay_untouched};
use crate::registry::{FieldDescriptor, ObjectDescriptor, RecordDescriptor, SystemField};
use crate::security::{Permission, Rights};
use crate::value::FieldType;

/// A record with what one principal may read and write of it.
pub(super) struct Seen<'a> {
    pub(super) object: &'static ObjectDescriptor,
    pub(super) record: &'static RecordDescriptor,
    pub(super) readable: &'a Readable,
    /// True if the reader may delete rows, and so see those that were.
    pub(super) may_delete: bool,
}

/// An object without properties, and none allowed.
fn nothing() -> ObjectBuilder {
    closed(std::iter::empty::<(&str, ObjectBuilder)>())
}

/// Names of the schemas of a record.
pub(super) struct Names {
    pub(super) row: String,
    pub(super) shown: String,
    pub(super) list: String,
    pub(super) new: String,
    pub(super) change: String,
    pub(super) timeline: String,
    pub(super) bulk: String,
    pub(super) answers: String,
    pub(super) imported: String,
    pub(super) imports: String,
}

/// Entries of a row's audit log.
pub(super) fn timeline() -> ObjectBuilder {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let change = closed([
        ("old", ObjectBuilder::new().schema_type(SchemaType::AnyValue)),
        ("new", ObjectBuilder::new().schema_type(SchemaType::AnyValue)),
    ]);
    let changes = ObjectBuilder::new()
        .description(Some("Fields that changed, by name, as far as they may be read."))
        .additional_properties(Some(change));
    let entry = closed([
        ("id", row_id(false)),
        ("at", moment()),
        ("action", text().enum_values(Some(ACTIONS))),
        ("version", row_id(false)),
        ("user", row_id(true)),
        ("execution_id", uuid()),
        ("changes", changes),
    ]);
    let next: SchemaType = [Type::String, Type::Null].into_iter().collect();
    let next = ObjectBuilder::new()
        .schema_type(next)
        .description(Some("The `cursor` of the next page; null on the last page."));
    closed([("next", next)]).property("entries", ArrayBuilder::new().items(entry)).required("entries")
}

impl Names {
    pub(super) fn of(object: &ObjectDescriptor) -> Self {
        let name = object.reference;
        Self {
            row: name.to_owned(),
            shown: format!("{name}.shown"),
            list: format!("{name}.list"),
            new: format!("{name}.new"),
            change: format!("{name}.change"),
            timeline: format!("{name}.timeline"),
            bulk: format!("{name}.bulk"),
            answers: format!("{name}.answers"),
            imported: format!("{name}.imported"),
            imports: format!("{name}.imports"),
        }
    }

    /// Rows as they are listed.
    pub(super) fn list(&self) -> ObjectBuilder {
        let next: SchemaType = [Type::String, Type::Null].into_iter().collect();
        let next = ObjectBuilder::new()
            .schema_type(next)
            .description(Some("The `cursor` of the next page; null on the last page."));
        let count = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(0))
            .description(Some("Number of all rows that fit; only if `count` was asked for."));
        closed([("next", next)])
            .property("rows", ArrayBuilder::new().items(schema_ref(&self.shown)))
            .required("rows")
            .property("count", count)
    }
}

fn system(field: SystemField) -> ObjectBuilder {
    match field {
        SystemField::Id => row_id(false).description(Some("Number of the row.")),
        SystemField::CreatedAt => moment().description(Some("When the row was created.")),
        SystemField::CreatedBy => row_id(true).description(Some("User who created it.")),
        SystemField::UpdatedAt => moment().description(Some("When it was last changed.")),
        SystemField::UpdatedBy => row_id(true).description(Some("User who last changed it.")),
        SystemField::Version => row_id(false).description(Some("Counts the changes, from 1.")),
    }
}

impl Seen<'_> {
    /// Fields with a column, that may be read, in order.
    pub(super) fn read(&self) -> impl Iterator<Item = &'static FieldDescriptor> + '_ {
        let fields = self.record.fields.iter().enumerate();
        fields.filter(|(place, field)| field.is_stored() && self.readable.can_read(*place)).map(|(_, field)| field)
    }

    /// Fields that a row shows: computed ones, too.
    pub(super) fn shown(&self) -> impl Iterator<Item = &'static FieldDescriptor> + '_ {
        let fields = self.record.fields.iter().enumerate();
        fields.filter(|(place, field)| field.has_value() && self.readable.can_read(*place)).map(|(_, field)| field)
    }

    /// Fields that may be given, all but one.
    pub(super) fn written(&self, except: Option<usize>) -> impl Iterator<Item = &'static FieldDescriptor> + '_ {
        let fields = self.record.fields.iter().enumerate().filter(move |(place, _)| Some(*place) != except);
        fields.filter(|(place, field)| field.is_named() && self.readable.can_write(*place)).map(|(_, field)| field)
    }

    /// False if a field has to be given that the principal may not write.
    pub(super) fn can_be_created(&self) -> bool {
        // A document is made by uploading its file.
        self.record.document().is_none() && self.can_be_written()
    }

    /// The same of a document with its file.
    pub(super) fn can_be_written(&self) -> bool {
        let mut fields = self.record.fields.iter().enumerate();
        fields.all(|(place, field)| !field.is_named() || self.readable.can_write(place) || can_stay_untouched(field))
    }

    /// True if a new row, or one that is written with it, can contradict another.
    pub(super) fn has_unique(&self) -> bool {
        let may = |field: &FieldDescriptor| field.unique || matches!(field.field_type, FieldType::Many(_));
        !self.record.unique.is_empty() || self.record.fields.iter().any(may)
    }

    /// A row as it is answered.
    pub(super) fn row(&self) -> ObjectBuilder {
        let first = closed([(SystemField::Id.name(), system(SystemField::Id))]);
        let own =
            self.shown().fold(first, |object, field| object.property(field.name, answered(field)).required(field.name));
        SystemField::ALL
            .into_iter()
            .skip(1)
            .fold(own, |object, field| object.property(field.name(), system(field)).required(field.name()))
            .description(Some(self.object.description).filter(|text| !text.is_empty()))
    }

    /// A row of which only a part may have been asked for, with the rows it refers to.
    pub(super) fn part(&self, rights: &Rights) -> ObjectBuilder {
        let first = closed([(SystemField::Id.name(), system(SystemField::Id))]);
        let own = self.shown().fold(first, |object, field| object.property(field.name, answered(field)));
        let all = SystemField::ALL
            .into_iter()
            .skip(1)
            .fold(own, |object, field| object.property(field.name(), system(field)))
            .description(Some(self.object.description).filter(|text| !text.is_empty()));
        let expanded = self.read().filter_map(|field| match field.field_type {
            FieldType::Reference(to) => Some((field.name, to())).filter(|(_, to)| rights.allows(to, Permission::View)),
            _ => None,
        });
        let expanded =
            expanded.fold(nothing(), |object, (name, to)| object.property(name, schema_ref(&Names::of(to).shown)));
        all.property("expanded", expanded.description(Some("Rows that were asked for by `expand`.")))
    }

    /// A new row.
    pub(super) fn new_row(&self, rights: &Rights) -> ObjectBuilder {
        related::of_new(self.own_of_new(None), self, rights)
    }

    /// A new row that stands in the row to which it refers by the field at this place; none, if
    /// it cannot be made.
    pub(super) fn new_within(&self, place: usize) -> Option<ObjectBuilder> {
        (self.can_be_created() && self.readable.can_write(place)).then(|| self.own_of_new(Some(place)))
    }

    fn own_of_new(&self, except: Option<usize>) -> ObjectBuilder {
        self.written(except).fold(nothing(), |object, field| {
            let object = object.property(field.name, accepted(field));
            let optional = field.nullable || field.default.is_some();
            if optional { object } else { object.required(field.name) }
        })
    }

    /// A change of a row.
    pub(super) fn change(&self, rights: &Rights) -> ObjectBuilder {
        let version = row_id(false).description(Some(
            "The version that was read. It has to be named, here or in the header `If-Match`; if in both, the same.",
        ));
        related::of_change(self.own_of_change(None), self, rights).property(SystemField::Version.name(), version)
    }

    /// A change of a row that stands in the row to which it refers by the field at this place.
    pub(super) fn change_within(&self, place: usize) -> ObjectBuilder {
        self.own_of_change(Some(place))
    }

    fn own_of_change(&self, except: Option<usize>) -> ObjectBuilder {
        self.written(except).fold(nothing(), |object, field| object.property(field.name, accepted(field)))
    }
}
