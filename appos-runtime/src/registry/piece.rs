//! For which piece of a record's generated screens an interface stands. How it is drawn, only the room of
//! screens knows.

use std::any::Any;

use super::descriptor::ObjectDescriptor;

/// The sorts of pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// The list of rows.
    List,
    /// The screen of a row, below its title.
    Detail,
    /// What stands in a form, above its buttons.
    Form,
    /// A part of the screen of a row.
    Section,
    /// A part of a form.
    FormSection,
    /// How values of a field are shown.
    Display,
    /// How values of a field are shown in the list.
    Cell,
    /// With what a field is filled in.
    Input,
}

impl PieceKind {
    /// The key that says so.
    pub const fn key(self) -> &'static str {
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
}

/// The piece for which an interface stands.
#[derive(Debug)]
pub struct PieceDescriptor {
    /// What it is.
    pub kind: PieceKind,
    /// The record.
    pub record: fn() -> &'static ObjectDescriptor,
    /// The field, if it is a piece of one.
    pub field: Option<&'static str>,
    /// The section or field after which a section stands.
    pub after: Option<&'static str>,
    /// The sections or fields in whose place a section stands.
    pub replaces: &'static [&'static str],
    /// How it is drawn.
    pub entry: &'static (dyn Any + Send + Sync),
}

impl PieceDescriptor {
    /// `displays crm.records.customer.tier`
    pub fn in_words(&self) -> String {
        let field = self.field.map(|field| format!(".{field}")).unwrap_or_default();
        format!("{} {}{field}", self.kind.key(), (self.record)().reference)
    }
}
