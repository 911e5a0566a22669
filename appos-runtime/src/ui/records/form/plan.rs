//! What a form asks for: the fields that one user may write.

use crate::model::{record_of, referring_field};
use crate::record::{MAX_RELATED, Readable};
use crate::registry::{FieldDescriptor, ObjectDescriptor, OnDelete, Validation};
use crate::security::{Permission, Rights};
use crate::ui::pieces;
use crate::value::FieldType;

type Object = &'static ObjectDescriptor;

/// Most rows that are written together with the row they belong to in one form.
pub(crate) const MOST_ROWS: usize = 100;
const _: () = assert!(MOST_ROWS <= MAX_RELATED);

/// The fields of a form.
pub(crate) struct Plan {
    pub(crate) object: Object,
    /// What may be written, in the order of the record.
    pub(crate) inputs: Vec<Input>,
    /// Places of the fields that may only be read.
    pub(crate) shown: Vec<usize>,
    /// Rows that are written together with this one.
    pub(crate) rows: Vec<Rows>,
}

/// A field that may be written.
#[derive(Clone, Copy)]
pub(crate) struct Input {
    pub(crate) place: usize,
    pub(crate) field: &'static FieldDescriptor,
    /// What the field holds may not stand in a page: nothing typed leaves it as it is.
    pub(crate) blind: bool,
}

/// Rows of another record that are written together with this one.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about the rows")]
pub(crate) struct Rows {
    pub(crate) field: &'static FieldDescriptor,
    /// The other record, and its fields without the reference to this one.
    pub(crate) plan: Plan,
    /// Place of that reference.
    pub(crate) back: usize,
    /// True if there is one at most.
    pub(crate) one: bool,
    pub(crate) may_create: bool,
    pub(crate) may_update: bool,
    pub(crate) may_delete: bool,
}

impl Plan {
    /// What may be written of a record, with the rows that belong to it.
    pub(crate) fn of(object: Object, rights: &Rights) -> Self {
        let mut plan = Self::alone(object, rights, None);
        let readable = Readable::of(object, rights);
        for (place, field) in record_of(object).fields.iter().enumerate() {
            let FieldType::Many(target) = field.field_type else { continue };
            if !readable.can_read(place) || !readable.can_write(place) {
                continue;
            }
            let target = target();
            let Some(back) = referring_field(target, object.reference, field.unique) else { continue };
            if !belongs(target, back) {
                continue;
            }
            let may = |permission| rights.allows(target, permission);
            if !may(Permission::View) || !(may(Permission::Create) || may(Permission::Update)) {
                continue;
            }
            plan.rows.push(Rows {
                field,
                plan: Self::alone(target, rights, Some(back)),
                back,
                one: field.unique,
                may_create: may(Permission::Create),
                may_update: may(Permission::Update),
                // A record may have a field of the name that stands for the removal.
                may_delete: may(Permission::Delete) && record_of(target).field("delete").is_none(),
            });
        }
        plan
    }

    /// What may be written of a record by itself; `without`: a reference that is known already.
    pub(crate) fn alone(object: Object, rights: &Rights, without: Option<usize>) -> Self {
        let readable = Readable::of(object, rights);
        let mut plan = Self { object, inputs: Vec::new(), shown: Vec::new(), rows: Vec::new() };
        for (place, field) in record_of(object).fields.iter().enumerate().filter(|(_, field)| field.has_value()) {
            let (reads, writes) = (readable.can_read(place), readable.can_write(place) && field.is_named());
            if Some(place) == without {
                continue;
            }
            // To whoever may not see the app's own control, the field is not there.
            let own = pieces::input(object, field).is_none_or(|piece| piece.is_for(rights));
            if writes && own {
                plan.inputs.push(Input { place, field, blind: field.sensitive || !reads });
            } else if reads && !writes {
                plan.shown.push(place);
            }
        }
        plan
    }

    /// What may be written of a record by one cell of a list.
    pub(crate) fn cell(object: Object, rights: &Rights, name: &str) -> Self {
        let mut plan = Self::alone(object, rights, None);
        plan.inputs.retain(|input| input.field.name == name && !input.blind);
        plan.shown.clear();
        plan
    }

    pub(crate) fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.field.name == name)
    }
}

/// True if rows are parts of the row they refer to, and no things of their own: they go with it, and
/// nothing is kept of them or belongs to them in turn.
fn belongs(target: Object, back: usize) -> bool {
    let record = record_of(target);
    // A file is a thing of its own, and so is what it lies in.
    if record.filing.is_some() {
        return false;
    }
    let goes_along = record.fields.get(back).is_some_and(|field| field.on_delete == OnDelete::Cascade);
    let has_parts = record.fields.iter().any(|field| matches!(field.field_type, FieldType::Many(_)));
    goes_along && !record.soft_delete && !has_parts
}

impl Input {
    /// True if an empty input is refused.
    pub(crate) fn is_required(&self) -> bool {
        if self.field.nullable {
            return false;
        }
        match self.field.field_type {
            FieldType::Bool | FieldType::List(_) => false,
            FieldType::Text => self.field.validations.iter().any(|validation| match validation {
                Validation::Length { min, equal, .. } => min.or(*equal).is_some_and(|least| least > 0),
                Validation::Email | Validation::Url => true,
                Validation::Contains(pattern) => !pattern.is_empty(),
                _ => false,
            }),
            _ => true,
        }
    }
}

/// Least and most characters or items of a field.
pub(super) fn lengths_of(field: &FieldDescriptor) -> (Option<u64>, Option<u64>) {
    let lengths = field.validations.iter().find_map(|validation| match validation {
        Validation::Length { min, max, equal } => Some((equal.or(*min), equal.or(*max))),
        _ => None,
    });
    lengths.unwrap_or_default()
}
