//! Which of a record's screens an address means.

use dioxus::prelude::*;

use super::detail::{DeleteScreen, DetailScreen};
use super::form::{EditScreen, NewScreen};
use super::import::Import;
use super::list::{Bulk, List};
use super::whole::OwnList;
use crate::registry::PieceKind;
use crate::ui::pieces::whole;
use crate::ui::shell::ByReference;

/// A screen of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordScreenKind {
    /// `/{app}/{records}`
    List,
    /// `/{app}/{records}/new`
    New,
    /// `/{app}/{records}/bulk`
    Bulk,
    /// `/{app}/{records}/import`
    Import,
    /// `/{app}/{records}/{id}`
    Detail(i64),
    /// `/{app}/{records}/{id}/edit`
    Edit(i64),
    /// `/{app}/{records}/{id}/delete`
    Delete(i64),
}

impl RecordScreenKind {
    /// Reads what follows the record's name in an address.
    pub(crate) fn read(rest: &[&str]) -> Option<Self> {
        match rest {
            // A form of views that was refused is shown with the list.
            [] | ["" | "views"] => Some(Self::List),
            ["new"] => Some(Self::New),
            ["bulk"] => Some(Self::Bulk),
            ["import"] => Some(Self::Import),
            // Where a restoration or a file was refused the row says why.
            [text] | [text, "restore" | "upload" | "versions"] => row_id(text).map(Self::Detail),
            [text, "edit"] => row_id(text).map(Self::Edit),
            [text, "delete"] => row_id(text).map(Self::Delete),
            _ => None,
        }
    }
}

/// The id that a text is; `None`: it is that of no row.
pub(crate) fn row_id(text: &str) -> Option<i64> {
    text.parse::<i64>().ok().filter(|id| *id > 0 && text == id.to_string())
}

/// A screen of a record.
#[component]
pub(crate) fn RecordScreen(object: ByReference, kind: RecordScreenKind) -> Element {
    match kind {
        RecordScreenKind::List => match whole(object.0, PieceKind::List) {
            Some(piece) => rsx! {
                OwnList { object, piece }
            },
            None => rsx! {
                List { object }
            },
        },
        RecordScreenKind::Import => rsx! {
            Import { object }
        },
        RecordScreenKind::Bulk => rsx! {
            Bulk { object }
        },
        RecordScreenKind::New => rsx! {
            NewScreen { object }
        },
        RecordScreenKind::Edit(id) => rsx! {
            EditScreen { object, id }
        },
        RecordScreenKind::Detail(id) => rsx! {
            DetailScreen { object, id }
        },
        RecordScreenKind::Delete(id) => rsx! {
            DeleteScreen { object, id }
        },
    }
}
