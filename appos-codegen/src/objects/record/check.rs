//! What a record may not be, one function per rule.

use quote::ToTokens;
use syn::LitStr;

use super::check_apart::check_apart;
use super::check_made::{check_auto_number, check_computed};
use super::filing::check_permissions;
use super::model::{Field, OnDeleteRule, Record};
use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::{object, record as catalogue};
use crate::naming;
use crate::project::Project;
use crate::security::check_groups;
use crate::syntax::{argument_of, derived, is_named, last_segment};

pub(super) fn check(record: &Record<'_>, project: &Project, sink: &Sink) {
    record.common.check(project, sink);
    check_tier(record, project, sink);
    check_type_name(record, sink);
    check_attributes(record, sink);
    check_table_names(record, sink);
    check_named_fields(record, sink);
    check_apart(record, sink);
    for field in &record.fields {
        check_field_attributes(field, sink);
        check_field_groups(field, project, sink);
        check_option(field, sink);
        check_on_delete(field, sink);
        check_search(field, sink);
        check_scale(field, sink);
        check_many(field, sink);
        check_computed(field, sink);
        check_auto_number(field, sink);
        check_column(field, record, sink);
        check_renamed(field, record, sink);
    }
}

/// Records are tier 1: they inherit nothing, so somebody must be told who may see them.
fn check_tier(record: &Record<'_>, project: &Project, sink: &Sink) {
    if record.filing.is_some() {
        check_permissions(&record.common.permissions, record.written_public_access.written(), sink);
        return;
    }
    if record.common.permissions.view.is_none() && !record.common.public_access && !record.view_attempted {
        let group = project.groups.iter().flatten().next().cloned().unwrap_or_else(|| format!("{}_users", project.app));
        sink.push(catalogue::no_view(record.ident(), &group));
    }
}

fn check_type_name(record: &Record<'_>, sink: &Sink) {
    if naming::is_reserved_type(record.ident()) {
        sink.push(object::reserved_type_name(record.ident()));
    }
}

/// Derives and serde attributes would fight with what is emitted.
fn check_attributes(record: &Record<'_>, sink: &Sink) {
    for path in derived(record.written) {
        let known = ["Clone", "Debug"];
        if !known.iter().any(|name| path.segments.last().is_some_and(|segment| segment.ident == name)) {
            sink.push(catalogue::derive(&path, &path.to_token_stream().to_string().replace(' ', "")));
        }
    }
    for attribute in record.written.iter().filter(|attribute| is_named(attribute, "serde")) {
        sink.push(catalogue::serde(attribute.path()));
    }
}

fn check_table_names(record: &Record<'_>, sink: &Sink) {
    for (key, name) in
        [("table", &record.written_table), ("plural", &record.plural), ("renamed_from", &record.renamed_from)]
    {
        if let Some(text) = name.as_ref().filter(|text| !is_sql_name(&text.value())) {
            sink.push(catalogue::not_a_name(text.literal(), key, &text.value()));
        }
    }
}

/// Lower-case letters, digits and underscores: the same in every database and in every URL.
fn is_sql_name(name: &str) -> bool {
    name.len() <= 63
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn check_named_fields(record: &Record<'_>, sink: &Sink) {
    if let Some(display) = &record.display {
        check_name(record, "display", display.literal(), sink);
    }
    for (key, groups) in [("unique", &record.unique), ("index", &record.indexes)] {
        for names in groups {
            for (index, name) in names.literals().iter().enumerate() {
                check_name(record, key, name, sink);
                if names.literals().iter().take(index).any(|earlier| earlier.value() == name.value()) {
                    sink.push(catalogue::field_named_twice(name, key, &name.value()));
                }
            }
        }
    }
}

fn check_name(record: &Record<'_>, key: &str, written: &LitStr, sink: &Sink) {
    let name = written.value();
    match record.fields.iter().find(|field| field.name == name) {
        None => {
            let known: Vec<&str> = record.stored().map(|field| field.name.as_str()).collect();
            sink.push(catalogue::no_such_field(written, key, &name, record.ident(), &known));
        }
        Some(field) if !field.is_stored() => sink.push(catalogue::field_without_column(written, key, &name)),
        Some(_) => {}
    }
}

fn check_field_attributes(field: &Field<'_>, sink: &Sink) {
    for attribute in &field.attributes {
        if is_named(attribute, "serde") {
            sink.push(catalogue::serde(attribute.path()));
        } else if attribute.path().is_ident("cfg") {
            sink.push(catalogue::conditional_field(&attribute.meta, &field.name));
        }
    }
}

fn check_field_groups(field: &Field<'_>, project: &Project, sink: &Sink) {
    for list in [&field.view, &field.update].into_iter().flatten() {
        check_groups(list, project, sink);
    }
}

fn check_option(field: &Field<'_>, sink: &Sink) {
    if let Some(inner) = argument_of(field.ty, "Option").filter(|inner| argument_of(inner, "Option").is_some()) {
        sink.push(catalogue::nested_option(field.ty, &field.name, &crate::syntax::type_text(inner)));
    }
}

fn check_on_delete(field: &Field<'_>, sink: &Sink) {
    let Some(on_delete) = &field.on_delete else { return };
    if !field.is_reference() {
        sink.push(catalogue::on_delete_without_reference(&on_delete.word, &field.name));
    } else if on_delete.rule == OnDeleteRule::SetNull && !field.is_option() {
        sink.push(catalogue::set_null_without_option(
            &on_delete.word,
            &field.name,
            &crate::syntax::type_text(field.ty),
        ));
    }
}

fn check_search(field: &Field<'_>, sink: &Sink) {
    let inner = argument_of(field.ty, "Option").unwrap_or(field.ty);
    let is_text = last_segment(inner).is_some_and(|segment| segment.ident == "String");
    if let Some(key) = field.search.written().filter(|_| !is_text) {
        sink.push(catalogue::search_without_text(key, &field.name));
    }
}

fn check_scale(field: &Field<'_>, sink: &Sink) {
    let Some(scale) = &field.scale else { return };
    let inner = argument_of(field.ty, "Option").unwrap_or(field.ty);
    if last_segment(inner).is_none_or(|segment| segment.ident != "Decimal") {
        sink.push(catalogue::scale_without_decimal(scale.written(), &field.name));
    } else if scale.value() > 28 {
        sink.push(catalogue::scale_too_large(scale.written()));
    }
}

/// A field without a column has nothing that most keys could apply to.
fn check_many(field: &Field<'_>, sink: &Sink) {
    if field.many.is_none() {
        return;
    }
    for key in
        [&field.search, &field.unique, &field.index, &field.sensitive].into_iter().filter_map(|flag| flag.written())
    {
        sink.push(catalogue::key_on_many(key, &key.to_token_stream().to_string(), &field.name));
    }
    if let Some(default) = &field.default {
        sink.push(catalogue::key_on_many(default, "default", &field.name));
    }
    if !field.validations.is_empty() {
        sink.push(catalogue::key_on_many(field.ident, "validate", &field.name));
    }
}

fn check_column(field: &Field<'_>, record: &Record<'_>, sink: &Sink) {
    let Some(written) = field.written_column.as_ref().map(Text::literal) else { return };
    if !is_sql_name(&field.column) {
        sink.push(catalogue::not_a_name(written, "column", &field.column));
    } else if naming::SYSTEM_FIELDS.contains(&field.column.as_str())
        || record.fields.iter().any(|other| other.name != field.name && other.column == field.column)
    {
        sink.push(catalogue::duplicate_column(written, &field.column));
    }
}

/// The old name is one that no field has now: else nothing was renamed.
fn check_renamed(field: &Field<'_>, record: &Record<'_>, sink: &Sink) {
    let Some(written) = field.renamed_from.as_ref() else { return };
    let old = written.value();
    if !is_sql_name(&old) {
        sink.push(catalogue::not_a_name(written.literal(), "renamed_from", &old));
    } else if field.many.is_some() {
        sink.push(catalogue::key_on_many(written.literal(), "renamed_from", &field.name));
    } else if record.stored().any(|other| other.column == old) {
        sink.push(catalogue::renamed_from_present(written.literal(), &field.name, &old));
    }
}
