//! The control that fits a field.
//!
//! What stands in a control is written once, and not with each drawing (which quoted names of attributes say): a
//! field that is asked about while somebody types must not be set back.

use dioxus::html::events;
use dioxus::prelude::*;

use super::super::relation::Picker;
use super::super::words;
use super::field::Shown;
use super::plan::lengths_of;
use super::text::{ListForm, list_form};
use crate::registry::{FieldDescriptor, Validation};
use crate::ui::text::own::actions;
use crate::value::{Choice, FieldType};

/// Longest text that stands in one line.
const LONGEST_LINE: u64 = 250;
/// Most choices that are all in sight.
const FEW: usize = 4;

/// True if a field is several controls under one name.
pub(super) fn is_group(field: &FieldDescriptor) -> bool {
    match field.field_type {
        FieldType::List(item) => list_form(item) == ListForm::Boxes,
        FieldType::Choice(choices) => !field.nullable && choices.choices.len() <= FEW,
        _ => false,
    }
}

/// The control of a field; `onchange` hears what was typed when it is left.
pub(super) fn control(shown: &Shown, onchange: EventHandler<String>) -> Element {
    let field = shown.field();
    match field.field_type {
        FieldType::Bool if field.nullable => {
            select(shown, &[("true", actions::yes()), ("false", actions::no())], onchange)
        }
        FieldType::Bool => tick(shown),
        FieldType::Choice(choices) if is_group(field) => radios(shown, choices.choices),
        FieldType::Choice(choices) => {
            let choices: Vec<(&str, &str)> =
                choices.choices.iter().map(|choice| (choice.value, words::choice(field, choice))).collect();
            select(shown, &choices, onchange)
        }
        FieldType::List(item) => match (list_form(item), item) {
            (ListForm::Boxes, FieldType::Choice(choices)) => boxes(shown, choices.choices),
            (ListForm::Json, _) => area(shown, true, onchange),
            _ => area(shown, false, onchange),
        },
        FieldType::Json => area(shown, true, onchange),
        FieldType::Text if is_long(field) && !shown.blind => area(shown, false, onchange),
        FieldType::Reference(_) => match &shown.picking {
            Some(picking) => rsx! {
                Picker { picking: picking.clone(), onchange }
            },
            None => line(shown, ("text", Some("numeric"), "ao-input ao-input-number"), onchange),
        },
        _ => line(shown, line_kind(shown), onchange),
    }
}

/// True if a text has room for several lines.
fn is_long(field: &FieldDescriptor) -> bool {
    let validations = field.validations;
    let one_line = field.unique
        || field.search
        || validations.iter().any(|own| matches!(own, Validation::Email | Validation::Url));
    let (_, most) = lengths_of(field);
    !one_line && most.is_none_or(|most| most > LONGEST_LINE)
}

/// Type of the element, keys that a phone shows, and class.
fn line_kind(shown: &Shown) -> (&'static str, Option<&'static str>, &'static str) {
    let field = shown.field();
    let has = |wanted: &Validation| field.validations.contains(wanted);
    let is_phone = || ["phone", "mobile", "fax"].iter().any(|word| field.name.contains(word));
    match field.field_type {
        // Not `number`: it swallows what it does not understand, scrolls, and rounds.
        FieldType::Integer { .. } => ("text", Some("numeric"), "ao-input ao-input-number"),
        FieldType::Decimal { .. } | FieldType::Float => ("text", Some("decimal"), "ao-input ao-input-number"),
        FieldType::Date => ("date", None, "ao-input ao-input-date"),
        FieldType::DateTime => ("datetime-local", None, "ao-input ao-input-date"),
        FieldType::Text if shown.blind => ("password", None, "ao-input"),
        FieldType::Text if has(&Validation::Email) => ("email", None, "ao-input"),
        FieldType::Text if has(&Validation::Url) => ("url", None, "ao-input"),
        FieldType::Text if is_phone() => ("tel", None, "ao-input"),
        _ => ("text", None, "ao-input"),
    }
}

fn line(
    shown: &Shown,
    (kind, inputmode, class): (&'static str, Option<&'static str>, &'static str),
    onchange: EventHandler<String>,
) -> Element {
    let (least, most) = lengths(shown);
    rsx! {
        input {
            class,
            id: "{shown.id}",
            name: "{shown.name}",
            r#type: kind,
            inputmode,
            "value": "{shown.typed}",
            required: shown.required,
            minlength: least,
            maxlength: most,
            step: (kind == "datetime-local").then_some("any"),
            // What stands here is about others, whom a browser does not know.
            autocomplete: if shown.blind { "new-password" } else { "off" },
            autofocus: shown.autofocus,
            "data-focus": focus(shown),
            "aria-invalid": invalid(shown),
            "aria-describedby": shown.described_by(),
            ..left(onchange),
        }
    }
}

fn area(shown: &Shown, is_code: bool, onchange: EventHandler<String>) -> Element {
    let (least, most) = lengths(shown);
    // HTML takes one end of a line at the beginning for its own.
    let own = if shown.typed.starts_with('\n') { "\n" } else { "" };
    rsx! {
        textarea {
            class: if is_code { "ao-input ao-code" } else { "ao-input" },
            id: "{shown.id}",
            name: "{shown.name}",
            rows: if is_code { "8" } else { "4" },
            required: shown.required,
            minlength: least,
            maxlength: most,
            spellcheck: if is_code { "false" },
            autofocus: shown.autofocus,
            "data-focus": focus(shown),
            "aria-invalid": invalid(shown),
            "aria-describedby": shown.described_by(),
            ..left(onchange),
            "{own}{shown.typed}"
        }
    }
}

/// Hears what was typed when a control is left.
fn left(onchange: EventHandler<String>) -> Vec<Attribute> {
    vec![events::onchange(move |event: FormEvent| onchange.call(event.value()))]
}

/// Most and least characters of a text.
fn lengths(shown: &Shown) -> (Option<String>, Option<String>) {
    if !matches!(shown.field().field_type, FieldType::Text) {
        return (None, None);
    }
    let (least, most) = lengths_of(shown.field());
    let least = least.filter(|least| *least > 1);
    (least.map(|least| least.to_string()), most.map(|most| most.to_string()))
}

/// A field of a row that has just been added takes the focus; browsers heed `autofocus` in a new page only.
fn focus(shown: &Shown) -> Option<&'static str> {
    (shown.autofocus && shown.name.contains('.')).then_some("")
}

fn invalid(shown: &Shown) -> Option<&'static str> {
    shown.error.is_some().then_some("true")
}

fn select(shown: &Shown, choices: &[(&str, &str)], onchange: EventHandler<String>) -> Element {
    let field = shown.field();
    // What is stored and can no longer be chosen is shown all the same, or saving would change it.
    let stray = !shown.typed.is_empty() && choices.iter().all(|(value, _)| *value != shown.typed);
    rsx! {
        select {
            class: "ao-input",
            id: "{shown.id}",
            name: "{shown.name}",
            required: shown.required,
            autofocus: shown.autofocus,
            "data-focus": focus(shown),
            "aria-invalid": invalid(shown),
            "aria-describedby": shown.described_by(),
            ..left(onchange),
            if field.nullable || shown.typed.is_empty() {
                option { value: "", "selected": shown.typed.is_empty(), "" }
            }
            if stray {
                option { value: "{shown.typed}", "selected": true, "{shown.typed}" }
            }
            for (value , label) in choices.iter() {
                option { key: "{value}", value: "{value}", "selected": *value == shown.typed, "{label}" }
            }
        }
    }
}

fn radios(shown: &Shown, choices: &'static [Choice]) -> Element {
    rsx! {
        div { class: "ao-choices",
            for (place , choice) in choices.iter().enumerate() {
                label { key: "{choice.value}", class: "ao-tick",
                    input {
                        class: "ao-radio",
                        r#type: "radio",
                        name: "{shown.name}",
                        value: choice.value,
                        "checked": choice.value == shown.typed,
                        required: shown.required,
                        autofocus: shown.autofocus && place == 0,
                        "data-focus": focus(shown).filter(|_| place == 0),
                    }
                    span { {words::choice(shown.field(), choice)} }
                }
            }
        }
    }
}

fn boxes(shown: &Shown, choices: &'static [Choice]) -> Element {
    let chosen: Vec<&str> = shown.typed.split('\n').collect();
    rsx! {
        // Says that the list was sent, also if it is empty.
        input { r#type: "hidden", name: "{shown.name}", value: "" }
        div { class: "ao-choices ao-choices-framed",
            for choice in choices.iter() {
                label { key: "{choice.value}", class: "ao-tick",
                    input {
                        class: "ao-checkbox",
                        r#type: "checkbox",
                        name: "{shown.name}",
                        value: choice.value,
                        "checked": chosen.contains(&choice.value),
                    }
                    span { {words::choice(shown.field(), choice)} }
                }
            }
        }
    }
}

fn tick(shown: &Shown) -> Element {
    rsx! {
        // A box that is not ticked sends nothing: this stands for it.
        input { r#type: "hidden", name: "{shown.name}", value: "false" }
        label { class: "ao-tick",
            input {
                class: "ao-checkbox",
                id: "{shown.id}",
                name: "{shown.name}",
                r#type: "checkbox",
                value: "true",
                "checked": shown.typed == "true",
                autofocus: shown.autofocus,
                "data-focus": focus(shown),
                "aria-invalid": invalid(shown),
                "aria-describedby": shown.described_by(),
            }
            span { {words::label(shown.field())} }
        }
    }
}
