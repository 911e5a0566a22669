//! What a field may not be whose value nobody writes: computed and numbered fields.

use quote::ToTokens;

use super::model::Field;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::record as catalogue;
use crate::syntax::last_segment;

/// A value that is made when it is read takes no part in writing or searching.
pub(super) fn check_computed(field: &Field<'_>, sink: &Sink) {
    let Some(computed) = &field.computed else { return };
    if field.many.is_some() {
        sink.push(catalogue::key_on_many(computed, "computed", &field.name));
        return;
    }
    if !matches!(computed, syn::Expr::Closure(_) | syn::Expr::Path(_)) {
        sink.push(catalogue::computed_is_no_closure(computed, &field.name));
    }
    for key in [&field.search, &field.unique, &field.index].into_iter().filter_map(|flag| flag.written()) {
        sink.push(catalogue::key_on_computed(key, &key.to_token_stream().to_string(), &field.name));
    }
    if let Some(default) = &field.default {
        sink.push(catalogue::key_on_computed(default, "default", &field.name));
    }
    if let Some(auto_number) = &field.auto_number {
        sink.push(catalogue::key_on_computed(auto_number.key(), "auto_number", &field.name));
    }
    if field.update.is_some() {
        sink.push(catalogue::key_on_computed(field.ident, "update", &field.name));
    }
    if !field.validations.is_empty() {
        sink.push(catalogue::key_on_computed(field.ident, "validate", &field.name));
    }
}

/// Whole numbers, or texts with a format that has the number in it once.
pub(super) fn check_auto_number(field: &Field<'_>, sink: &Sink) {
    let Some(auto_number) = &field.auto_number else { return };
    let name = last_segment(field.ty).map(|segment| segment.ident.to_string()).unwrap_or_default();
    match (name.as_str(), auto_number.format()) {
        ("i64", None) => {}
        ("i64", Some(format)) => sink.push(catalogue::format_without_text(format, &field.name)),
        ("String", Some(format)) => {
            if let Err(reason) = check_number_format(&format.value()) {
                sink.push(catalogue::number_format(format, &reason));
            }
        }
        ("String", None) => sink.push(catalogue::auto_number_without_format(auto_number.key(), &field.name)),
        _ => sink.push(catalogue::auto_number_type(auto_number.key(), &field.name)),
    }
    if let Some(default) = &field.default {
        sink.push(catalogue::key_on_auto_number(default, "default", &field.name));
    }
    if field.update.is_some() {
        sink.push(catalogue::key_on_auto_number(field.ident, "update", &field.name));
    }
    if !field.validations.is_empty() {
        sink.push(catalogue::key_on_auto_number(field.ident, "validate", &field.name));
    }
}

/// `{number}` or `{number:6}` once, and any of `{year}`, `{month}`, `{day}`.
fn check_number_format(format: &str) -> Result<(), String> {
    let (mut rest, mut numbers) = (format, 0);
    while let Some((_, from)) = rest.find(['{', '}']).and_then(|start| rest.split_at_checked(start)) {
        let inner = from.strip_prefix('{').and_then(|open| open.split_once('}'));
        let Some((word, after)) = inner else { return Err("has a brace that belongs to no part".to_owned()) };
        match word.split_once(':') {
            None if word == "number" => numbers += 1,
            Some(("number", width)) if matches!(width.parse::<u8>(), Ok(1..=18)) => numbers += 1,
            None if ["year", "month", "day"].contains(&word) => {}
            _ => return Err(format!("has the unknown part `{{{word}}}`")),
        }
        rest = after;
    }
    match numbers {
        1 => Ok(()),
        0 => Err("has no `{number}`".to_owned()),
        _ => Err("has `{number}` more than once".to_owned()),
    }
}
