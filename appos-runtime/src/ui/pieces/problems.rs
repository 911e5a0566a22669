//! What is wrong with pieces, seen from all objects together.

use super::found::Piece;
use crate::registry::{ObjectDescriptor, ObjectDetail, PieceKind, RecordDescriptor, Registry};
use crate::value::FieldType;

/// Whose, what, and the correct form.
type Wrong = (&'static str, String, String);

/// What keeps the platform from starting.
pub(crate) fn problems(registry: &'static Registry) -> Vec<Wrong> {
    let all: Vec<Piece> = registry.objects().iter().filter_map(|object| Piece::of(object)).collect();
    let mut wrong = Vec::new();
    for (at, piece) in all.iter().enumerate() {
        let earlier = all.get(..at).unwrap_or_default();
        wrong.extend(foreign(*piece).into_iter().chain(second(*piece, earlier)).chain(places(*piece)));
        wrong.extend(written(*piece));
    }
    wrong
}

fn record_of(piece: Piece) -> (&'static ObjectDescriptor, Option<&'static RecordDescriptor>) {
    let object = (piece.descriptor.record)();
    let record = match object.detail {
        ObjectDetail::Record(record) => Some(record),
        _ => None,
    };
    (object, record)
}

/// An app shapes its own records: else whoever is asked why a screen looks as it does would have to search all apps.
fn foreign(piece: Piece) -> Option<Wrong> {
    let (record, _) = record_of(piece);
    (record.app != piece.object.app).then(|| {
        let message = format!("it stands for a piece of {}, which is another app's", record.reference);
        (piece.object.reference, message, format!("write the interface in the app `{}`", record.app))
    })
}

fn second(piece: Piece, earlier: &[Piece]) -> Option<Wrong> {
    let (own, own_record) = (piece.descriptor, record_of(piece).0.reference);
    let is_section = matches!(own.kind, PieceKind::Section | PieceKind::FormSection);
    let of_same = |other: &&Piece| other.descriptor.kind == own.kind && record_of(**other).0.reference == own_record;
    if is_section {
        let taken = |other: &Piece| own.replaces.iter().find(|name| other.descriptor.replaces.contains(name)).copied();
        let (other, name) = earlier.iter().filter(of_same).find_map(|other| Some((other, taken(other)?)))?;
        let message = format!("{} replaces `{name}` of {own_record}, too", other.object.reference);
        return Some((piece.object.reference, message, "leave it out of the `replaces` of one of them".to_owned()));
    }
    let other = earlier.iter().filter(of_same).find(|other| other.descriptor.field == own.field)?;
    let message = format!("{} stands for the same piece: `{}`", other.object.reference, own.in_words());
    Some((piece.object.reference, message, "leave the key out of one of them".to_owned()))
}

/// Names of sections and fields are those of the record.
fn places(piece: Piece) -> Vec<Wrong> {
    let (object, Some(record)) = record_of(piece) else { return Vec::new() };
    let own = piece.descriptor;
    let is_known = |name: &str| match own.kind {
        PieceKind::Section => {
            let is_relation = |field: &crate::registry::FieldDescriptor| {
                matches!(field.field_type, FieldType::Many(_)) && field.name == name
            };
            name == "fields" || (name == "history" && record.audit_log) || record.fields.iter().any(is_relation)
        }
        _ => record.fields.iter().any(|field| field.name == name),
    };
    let unknown = own.after.iter().chain(own.replaces).filter(|name| !is_known(name));
    unknown
        .map(|name| {
            let message = format!("{} has no section `{name}`", object.reference);
            let help = match own.kind {
                PieceKind::Section if *name == "history" => "a record has a history with `audit_log`".to_owned(),
                PieceKind::Section => {
                    "sections are `fields`, `history`, and each field with `Many` or `One`".to_owned()
                }
                _ => "name a field of the record".to_owned(),
            };
            (piece.object.reference, message, help)
        })
        .collect()
}

/// A form asks for what somebody may write.
fn written(piece: Piece) -> Option<Wrong> {
    let (object, record) = record_of(piece);
    let name = piece.descriptor.field.filter(|_| piece.descriptor.kind == PieceKind::Input)?;
    let (_, field) = record?.field(name)?;
    (!field.is_named()).then(|| {
        let message = format!("nobody writes {}.{name}, so it has no input", object.reference);
        (piece.object.reference, message, "write `displays` to show its values".to_owned())
    })
}
