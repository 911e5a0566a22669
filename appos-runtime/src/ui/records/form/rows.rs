//! Rows that are written together with the row they belong to: the lines of an order.

use dioxus::prelude::*;

use super::super::{address, words};
use super::field::fields;
use super::load::Filled;
use super::plan::{MOST_ROWS, Rows};
use super::sheet::Part;
use super::{names, summary};
use crate::ui::page::Wrong;
use crate::ui::text::own::{actions, forms};

/// All rows that belong to the row of a form.
pub(super) fn all(filled: &Filled, (wrong, prefix): (Option<&Wrong>, &str), added: Option<&str>) -> Element {
    let blocks = filled.plan.rows.iter().zip(&filled.sheet.rows).map(|(rows, parts)| {
        if filled.crowded.contains(&rows.field.name) {
            return crowded(filled, rows);
        }
        let is_new = added == Some(rows.field.name);
        block(filled, (rows, parts), (wrong, prefix), is_new)
    });
    rsx! { {blocks} }
}

fn block(
    filled: &Filled,
    (rows, parts): (&Rows, &[Part]),
    (wrong, prefix): (Option<&Wrong>, &str),
    is_new: bool,
) -> Element {
    let name = rows.field.name;
    let id = names::id(prefix, name);
    let last = parts.len().saturating_sub(1);
    let full = if rows.one { parts.iter().any(|part| !part.removed) } else { parts.len() >= MOST_ROWS };
    let items = parts.iter().enumerate().map(|(place, part)| {
        let title =
            if rows.one { words::label(rows.field).to_owned() } else { summary::row_title(rows.plan.object, place) };
        item(filled, (rows, part), (wrong, prefix), (&title, is_new && place == last))
    });
    let what = words::singular_within(rows.plan.object);
    rsx! {
        section { key: "{name}", class: "ao-rows", id: "{id}", "aria-labelledby": "{id}-title",
            h2 { class: "ao-rows-title", id: "{id}-title", {words::label(rows.field)} }
            if let Some(error) = summary::of_field(wrong, name, (words::label(rows.field), Some(rows.field))).filter(|_| !rows.one) {
                p { class: "ao-field-error", "{error}" }
            }
            {items}
            if rows.may_create && !full {
                button { class: "ao-button ao-small", r#type: "submit", name: names::ADD, value: "{name}", "Add {what}" }
            }
        }
    }
}

fn item(
    filled: &Filled,
    (rows, part): (&Rows, &Part),
    (wrong, prefix): (Option<&Wrong>, &str),
    (title, is_new): (&str, bool),
) -> Element {
    let path = &part.path;
    let known = rsx! {
        if let Some(id) = part.id {
            input { r#type: "hidden", name: names::of(path, "id"), value: "{id}" }
        }
        if let Some(version) = part.version {
            input { r#type: "hidden", name: names::of(path, "version"), value: "{version}" }
        }
    };
    let error = summary::of_field(wrong, path, (title, None));
    // A row of the same place may be another one.
    let key = part.id.map_or_else(|| format!("new {path}"), |id| format!("row {id}"));
    if part.removed {
        return rsx! {
            div { key: "{key}", class: "ao-rows-removed",
                {known}
                input { r#type: "hidden", name: names::removed(path), value: "true" }
                span { {forms::removed_on_save(title)} }
                button { class: "ao-button ao-button-quiet ao-small", r#type: "submit", name: names::KEEP, value: "{path}", {forms::keep(title)} }
                if let Some(error) = error {
                    p { class: "ao-field-error", "{error}" }
                }
            }
        };
    }
    rsx! {
        fieldset { key: "{key}", class: "ao-fieldset ao-rows-item", id: names::id(prefix, path),
            legend { class: "ao-label", "{title}" }
            {known}
            // That a row is there is told by it, also if all of its fields are boxes that are not ticked.
            input { r#type: "hidden", name: "{path}.ao-row", value: "" }
            if let Some(error) = error {
                p { class: "ao-field-error", "{error}" }
            }
            div { class: "ao-rows-fields", {fields(filled, (&rows.plan, part), (wrong, prefix), is_new)} }
            if part.id.is_none() || rows.may_delete {
                button {
                    class: "ao-button ao-button-quiet ao-small",
                    r#type: "submit",
                    name: names::REMOVE,
                    value: "{path}",
                    "aria-label": forms::remove(title),
                    {actions::remove()}
                }
            }
        }
    }
}

/// Too many rows for a form: where they are.
fn crowded(filled: &Filled, rows: &Rows) -> Element {
    let Some((id, _)) = &filled.row else { return rsx! {} };
    let back = crate::model::record_of(rows.plan.object).fields.get(rows.back).map_or("", |field| field.name);
    let list = address::list(rows.plan.object);
    rsx! {
        section { key: "{rows.field.name}", class: "ao-rows",
            h2 { class: "ao-rows-title", {words::label(rows.field)} }
            p {
                {forms::too_many_for_form(MOST_ROWS)}
                " "
                a { href: "{list}?filter[{back}]={id}", {forms::one_by_one()} }
            }
        }
    }
}
