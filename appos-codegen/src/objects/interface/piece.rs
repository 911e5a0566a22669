//! The piece of a record's generated screens in whose place an interface stands.

use proc_macro2::Ident;
use syn::ExprPath;

use super::syntax::PieceKeys;
use crate::attributes::{FieldOf, ObjectPath, Word, Words};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::piece as catalogue;
use crate::syntax::plain_name;

/// What an interface can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    List,
    Detail,
    Form,
    Section,
    FormSection,
    Display,
    Cell,
    Input,
}

impl PieceKind {
    /// The key that says so.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::List => "list_of",
            Self::Detail => "detail_of",
            Self::Form => "form_of",
            Self::Section => "section_of",
            Self::FormSection => "form_section_of",
            Self::Display => "displays",
            Self::Cell => "cell_of",
            Self::Input => "inputs",
        }
    }

    /// The runtime's name.
    pub(crate) const fn variant(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Detail => "Detail",
            Self::Form => "Form",
            Self::Section => "Section",
            Self::FormSection => "FormSection",
            Self::Display => "Display",
            Self::Cell => "Cell",
            Self::Input => "Input",
        }
    }

    /// The parameter that the interface is given, for a record of this name; `None`: it is given nothing.
    pub(crate) fn parameter(self, record: &str) -> Option<String> {
        match self {
            Self::List => None,
            Self::Detail | Self::Section => Some(format!("id: Id<records::{record}>")),
            Self::Form | Self::FormSection => Some(format!("form: ui::FormFields<records::{record}>")),
            Self::Display | Self::Cell => Some("value: ..".to_owned()),
            Self::Input => Some("input: ui::FieldInput<..>".to_owned()),
        }
    }

    /// The generic type that the parameter must be of.
    pub(crate) const fn wrapper(self) -> Option<&'static str> {
        match self {
            Self::Detail | Self::Section => Some("Id"),
            Self::Form | Self::FormSection => Some("FormFields"),
            Self::Input => Some("FieldInput"),
            Self::List | Self::Display | Self::Cell => None,
        }
    }
}

/// The piece, resolved.
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    pub(crate) record: ExprPath,
    pub(crate) field: Option<Ident>,
    pub(crate) after: Option<Ident>,
    pub(crate) replaces: Vec<Ident>,
}

impl Piece {
    /// Name of the record.
    pub(crate) fn record_name(&self) -> String {
        self.record.path.segments.last().map(|last| plain_name(&last.ident)).unwrap_or_default()
    }
}

/// At most one piece; `after` and `replaces` belong to sections.
pub(super) fn resolve(keys: PieceKeys, sink: &Sink) -> Option<Piece> {
    let PieceKeys {
        list_of,
        detail_of,
        form_of,
        section_of,
        form_section_of,
        displays,
        cell_of,
        inputs,
        after,
        replaces,
    } = keys;
    let whole = |kind, record: Option<ObjectPath>| record.map(|record| (kind, record.written().clone(), None));
    let of_field =
        |kind, field: Option<FieldOf>| field.map(|field| (kind, field.record().clone(), Some(field.field().clone())));
    let mut all = [
        whole(PieceKind::List, list_of),
        whole(PieceKind::Detail, detail_of),
        whole(PieceKind::Form, form_of),
        whole(PieceKind::Section, section_of),
        whole(PieceKind::FormSection, form_section_of),
        of_field(PieceKind::Display, displays),
        of_field(PieceKind::Cell, cell_of),
        of_field(PieceKind::Input, inputs),
    ]
    .into_iter()
    .flatten();
    let first = all.next();
    for (kind, record, _) in all {
        let (first, _, _) = first.as_ref()?;
        sink.push(catalogue::second_piece(&record, first.key(), kind.key()));
    }
    let is_section =
        first.as_ref().is_some_and(|(kind, ..)| matches!(kind, PieceKind::Section | PieceKind::FormSection));
    let (after, replaces) = (after.as_ref().map(Word::ident), replaces.as_ref().map(Words::idents).unwrap_or_default());
    for word in after.iter().copied().chain(replaces.first()).filter(|_| !is_section) {
        sink.push(catalogue::place_without_section(word));
    }
    if let (Some(after), false) = (after, replaces.is_empty()) {
        sink.push(catalogue::two_places(after));
    }
    let (kind, record, field) = first?;
    Some(Piece { kind, record, field, after: after.cloned(), replaces: replaces.to_vec() })
}
