//! Messages about `document(..)` and `folder(..)` of a record.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::Diagnostic;

pub(crate) fn document_and_folder(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        place,
        "a record cannot be a document and a folder",
        "make two records: a folder, and a document of it",
    )
}

pub(crate) fn no_parent(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("`{name}` does not say which record's rows it belongs to; it inherits their permissions"),
        format!("write `{}`", name.replace("..", "of = Customer")),
    )
}

pub(crate) fn of_itself(place: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("record `{name}` cannot belong to itself"),
        "name the record whose rows it belongs to: `of = Customer`",
    )
}

pub(crate) fn not_a_media_type(place: &impl ToTokens, written: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("`accept` takes media types; this is none: \"{written}\""),
        "write `accept = [\"application/pdf\", \"image/*\"]`",
    )
}

pub(crate) fn count_out_of_range(place: &impl ToTokens, key: &str) -> Diagnostic {
    Diagnostic::at(place, format!("`{key}` takes a number from 1 to 1,000,000"), format!("write `{key} = 10`"))
}

pub(crate) fn permissions_are_inherited(place: &impl ToTokens, key: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!(
            "`{key}` cannot be given here: documents and folders inherit the permissions of the record they belong to"
        ),
        format!("leave `{key}` out, and write it on that record"),
    )
}
