//! Which pieces there are.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use dioxus::prelude::*;

use super::entry::{PieceEntry, keyed};
use super::form::FormParts;
use super::input::Draft;
use crate::registry::{FieldDescriptor, ObjectDescriptor, ObjectDetail, PieceDescriptor, PieceKind, Registry};
use crate::security::{Permission, Rights};
use crate::value::Value;

type Object = &'static ObjectDescriptor;

/// A piece: the interface that stands for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) object: Object,
    pub(crate) descriptor: &'static PieceDescriptor,
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.object, other.object)
    }
}

impl Piece {
    /// The piece that an object stands for.
    pub(super) fn of(object: Object) -> Option<Self> {
        match object.detail {
            ObjectDetail::Interface(interface) => interface.piece.map(|descriptor| Self { object, descriptor }),
            _ => None,
        }
    }

    /// True if a visitor may see it. To whoever may not, it is not there, and nothing is in its place.
    pub(crate) fn is_for(self, rights: &Rights) -> bool {
        rights.allows(self.object, Permission::View)
    }

    fn entry(self) -> Option<&'static PieceEntry> {
        self.descriptor.entry.downcast_ref::<PieceEntry>()
    }

    /// Drawn by itself.
    pub(crate) fn plain(self) -> Element {
        match self.entry() {
            Some(PieceEntry::Plain(draw)) => draw(),
            _ => VNode::empty(),
        }
    }

    /// Drawn for a row, with a key of its own.
    pub(crate) fn row(self, id: i64) -> Element {
        match self.entry() {
            Some(PieceEntry::Row(draw)) => keyed(self.object.reference, draw(id)),
            _ => VNode::empty(),
        }
    }

    /// Drawn for a value; `None`: it is none that it can show.
    pub(crate) fn value(self, value: &Value) -> Option<Element> {
        match (self.entry(), value) {
            (Some(PieceEntry::Value(_)), Value::Hidden) => None,
            (Some(PieceEntry::Value(draw)), value) => draw(value),
            _ => None,
        }
    }

    /// Drawn as a control.
    pub(crate) fn input(self, draft: Draft) -> Element {
        match self.entry() {
            Some(PieceEntry::Input(draw)) => draw(draft),
            _ => VNode::empty(),
        }
    }

    /// Drawn as fields of a form, with a key of its own.
    pub(crate) fn form(self, parts: Rc<dyn FormParts>) -> Element {
        match self.entry() {
            Some(PieceEntry::Form(draw)) => keyed(self.object.reference, draw(parts)),
            _ => VNode::empty(),
        }
    }
}

#[derive(Default)]
struct Pieces {
    single: HashMap<(&'static str, PieceKind, Option<&'static str>), Piece>,
    sections: HashMap<(&'static str, PieceKind), Vec<Piece>>,
}

/// The registry is one for the process, and so is this.
fn pieces() -> &'static Pieces {
    static PIECES: OnceLock<Pieces> = OnceLock::new();
    PIECES.get_or_init(|| {
        let mut pieces = Pieces::default();
        for piece in Registry::global().objects().iter().filter_map(|object| Piece::of(object)) {
            let (record, kind) = ((piece.descriptor.record)().reference, piece.descriptor.kind);
            if matches!(kind, PieceKind::Section | PieceKind::FormSection) {
                pieces.sections.entry((record, kind)).or_default().push(piece);
            } else {
                // A second one keeps the platform from starting.
                pieces.single.entry((record, kind, piece.descriptor.field)).or_insert(piece);
            }
        }
        pieces
    })
}

fn of_field(object: Object, kind: PieceKind, field: &FieldDescriptor) -> Option<Piece> {
    pieces().single.get(&(object.reference, kind, Some(field.name))).copied()
}

/// What stands for a list, a detail or a form as a whole.
pub(crate) fn whole(object: Object, kind: PieceKind) -> Option<Piece> {
    pieces().single.get(&(object.reference, kind, None)).copied()
}

/// What shows values of a field.
pub(crate) fn display(object: Object, field: &FieldDescriptor) -> Option<Piece> {
    of_field(object, PieceKind::Display, field)
}

/// What shows values of a field in the list.
pub(crate) fn cell(object: Object, field: &FieldDescriptor) -> Option<Piece> {
    of_field(object, PieceKind::Cell, field).or_else(|| display(object, field))
}

/// With what a field is filled in.
pub(crate) fn input(object: Object, field: &FieldDescriptor) -> Option<Piece> {
    of_field(object, PieceKind::Input, field)
}

/// Sections of a record, in the order of their names.
pub(crate) fn sections(object: Object, kind: PieceKind) -> &'static [Piece] {
    pieces().sections.get(&(object.reference, kind)).map_or(&[], Vec::as_slice)
}

/// What stands at a place: something generated, or a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Slot {
    /// What was at this place of the generated order.
    Own(usize),
    /// A section of the author.
    Section(Piece),
}

/// The order of generated parts with sections among them: after the part that they name, or in the place of the
/// first of those that they replace. `otherwise`: where those stand that name no part that is there.
pub(crate) fn arrange(sections: &[Piece], own: &[&str], otherwise: usize) -> Vec<Slot> {
    let names = |section: &Piece, name: &str| {
        section.descriptor.after == Some(name) || section.descriptor.replaces.contains(&name)
    };
    let placed = |section: &&Piece| own.iter().any(|name| names(section, name));
    let mut slots = Vec::new();
    let mut drawn: Vec<Piece> = Vec::new();
    for (at, name) in own.iter().enumerate() {
        if at == otherwise {
            slots.extend(sections.iter().filter(|section| !placed(section)).copied().map(Slot::Section));
        }
        let replaced = sections.iter().find(|section| section.descriptor.replaces.contains(name));
        match replaced {
            Some(section) if drawn.contains(section) => {}
            Some(section) => {
                drawn.push(*section);
                slots.push(Slot::Section(*section));
            }
            None => slots.push(Slot::Own(at)),
        }
        let after = sections.iter().filter(|section| section.descriptor.after == Some(name));
        slots.extend(after.copied().map(Slot::Section));
    }
    if otherwise >= own.len() {
        slots.extend(sections.iter().filter(|section| !placed(section)).copied().map(Slot::Section));
    }
    slots
}
