//! Messages about keys and values inside an attribute.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::attributes::{Key, Place};
use crate::diagnostics::{Diagnostic, nearest};

pub(crate) fn unknown_key(key: &impl ToTokens, name: &str, place: &Place) -> Diagnostic {
    let help =
        nearest(name, place.names()).and_then(|near| place.keys.iter().find(|key| key.name == near)).map_or_else(
            || format!("it knows {}", list(place.names())),
            |key| format!("did you mean `{}`? write `{}`", key.name, key.form),
        );
    Diagnostic::at(key, format!("{} has no key `{name}`", place.name), help)
}

pub(crate) fn duplicate_key(key: &impl ToTokens, known: &Key) -> Diagnostic {
    Diagnostic::at(key, format!("`{}` is written twice", known.name), format!("write `{}` once", known.form))
}

pub(crate) fn value_without_key(value: &impl ToTokens, place: &Place) -> Diagnostic {
    Diagnostic::at(
        value,
        format!("{} takes keys; this value has none", place.name),
        place.keys.first().map_or_else(String::new, |key| format!("write a key before it, such as `{}`", key.form)),
    )
}

pub(crate) fn unreadable_item(item: &TokenStream, place: &Place) -> Diagnostic {
    Diagnostic::at(
        item,
        format!("{} cannot read this", place.name),
        place.keys.first().map_or_else(String::new, |key| format!("write keys and values, such as `{}`", key.form)),
    )
}

pub(crate) fn not_a_list(sign: &impl ToTokens, place: &Place) -> Diagnostic {
    let name = place.name.trim_start_matches("#[").trim_end_matches(']');
    Diagnostic::at(
        sign,
        format!("{} takes its keys in parentheses", place.name),
        place.keys.first().map_or_else(String::new, |key| format!("write `#[{name}({})]`", key.form)),
    )
}

/// "`a`, `b` and `c`"
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}
