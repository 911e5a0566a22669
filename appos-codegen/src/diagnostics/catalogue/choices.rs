//! Messages about `#[choices]`.

use proc_macro2::{Ident, Span};
use quote::ToTokens;

use crate::diagnostics::Diagnostic;

pub(crate) fn unreadable(place: Span, reason: &str, form: &str) -> Diagnostic {
    Diagnostic::at_span(place, format!("`#[choices]` cannot read this enum: {reason}"), format!("write `{form}`"))
}

pub(crate) fn variant_with_fields(fields: &impl ToTokens, variant: &Ident) -> Diagnostic {
    Diagnostic::at(
        fields,
        format!("choice `{variant}` holds data; a choice is a name only"),
        format!("write `{variant}`, and keep the data in fields of the record"),
    )
}

pub(crate) fn discriminant(value: &impl ToTokens, variant: &Ident) -> Diagnostic {
    Diagnostic::at(
        value,
        format!("choice `{variant}` has a number; choices are stored by name"),
        format!("write `#[choice(value = \"..\")] {variant}` to set the stored name"),
    )
}

pub(crate) fn no_variants(name: &Ident) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("choices `{name}` has nothing to choose"),
        format!("write `enum {name} {{ First, Second }}`"),
    )
}

pub(crate) fn conditional_variant(attribute: &impl ToTokens, variant: &Ident) -> Diagnostic {
    Diagnostic::at(
        attribute,
        format!("choice `{variant}` exists in some builds only; stored rows exist in all"),
        "leave the `#[cfg]` out",
    )
}

pub(crate) fn second_default(attribute: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(attribute, "a second choice is marked as the default", "write `#[default]` on one choice")
}

pub(crate) fn empty_value(value: &impl ToTokens, variant: &Ident) -> Diagnostic {
    Diagnostic::at(
        value,
        format!("choice `{variant}` is stored as nothing"),
        "write a name, such as `value = \"open\"`",
    )
}

pub(crate) fn duplicate_value(place: &impl ToTokens, value: &str, earlier: &Ident) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("choice `{earlier}` is stored as \"{value}\" too"),
        "write another name with `#[choice(value = \"..\")]`",
    )
}

pub(crate) fn derive_serde(path: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(path, "`#[choices]` already reads and writes JSON", "leave it out of `#[derive(..)]`")
}
