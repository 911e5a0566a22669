//! What is wrong with a form, above it, with links to its fields.

use dioxus::prelude::*;

use super::super::{documents::OF_FILE, words};
use super::load::Filled;
use super::names;
use super::submit::STALE;
use crate::registry::FieldDescriptor;
use crate::ui::components::field_id;
use crate::ui::page::Wrong;
use crate::ui::text::errors;
use crate::ui::text::own::{components, forms};

/// What is wrong with a field, as a sentence.
pub(super) fn sentence((label, field): (&str, Option<&FieldDescriptor>), code: &str, message: &str) -> String {
    match code {
        // It is a sentence already.
        OF_FILE => message.to_owned(),
        "broken_reference" => forms::not_there(label),
        _ => format!("{label} {}", errors::told(field, code, message)),
    }
}

/// What is wrong with the field of this name, if anything is.
pub(super) fn of_field(
    wrong: Option<&Wrong>,
    name: &str,
    (label, field): (&str, Option<&FieldDescriptor>),
) -> Option<String> {
    let own = wrong?.fields.iter().filter(|(field, ..)| field == name);
    let all: Vec<String> = own.map(|(_, code, message)| sentence((label, field), code, message)).collect();
    (!all.is_empty()).then(|| all.join(". "))
}

/// One thing that is wrong.
struct Problem {
    text: String,
    /// The name of a field that is shown.
    field: Option<String>,
}

fn problems(filled: &Filled, wrong: &Wrong) -> Vec<Problem> {
    let mut all = Vec::new();
    for (name, code, message) in &wrong.fields {
        if code == STALE {
            continue;
        }
        let found = label(filled, name);
        let text = match &found {
            Some((label, field)) => sentence((label, *field), code, message),
            None if name.is_empty() => message.clone(),
            None => sentence((name, None), code, message),
        };
        all.push(Problem { text, field: found.map(|_| name.clone()) });
    }
    if wrong.fields.is_empty() {
        all.push(Problem { text: capitalized(&wrong.message), field: None });
    }
    all
}

fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// What a field of the form is called, if it is one: `Order line 2: Article`.
fn label(filled: &Filled, name: &str) -> Option<(String, Option<&'static FieldDescriptor>)> {
    if name == names::FILE && filled.file.is_some() {
        return Some((String::new(), None));
    }
    if let Some(input) = filled.plan.input(name) {
        return Some((words::label(input.field).to_owned(), Some(input.field)));
    }
    for (rows, parts) in filled.plan.rows.iter().zip(&filled.sheet.rows) {
        if name == rows.field.name && !rows.one {
            return Some((words::label(rows.field).to_owned(), Some(rows.field)));
        }
        for (place, part) in parts.iter().enumerate() {
            let Some(rest) = name.strip_prefix(&part.path) else { continue };
            let row = if rows.one { words::label(rows.field).to_owned() } else { row_title(rows.plan.object, place) };
            match rest.strip_prefix('.') {
                None if rest.is_empty() => return Some((row, None)),
                Some(field) => {
                    let field = rows.plan.input(field)?.field;
                    return Some((format!("{row}: {}", words::label(field)), Some(field)));
                }
                None => {}
            }
        }
    }
    None
}

/// What one of many rows in a form is called: `Order line 2`.
pub(super) fn row_title(object: &crate::registry::ObjectDescriptor, place: usize) -> String {
    format!("{} {}", words::singular(object), place + 1)
}

/// What is wrong, as a list of links to the fields. It takes the focus when it appears.
pub(super) fn summary(filled: &Filled, wrong: Option<&Wrong>, prefix: &str) -> Element {
    let Some(wrong) = wrong else { return rsx! {} };
    let problems = if wrong.code == STALE { Vec::new() } else { problems(filled, wrong) };
    if problems.is_empty() {
        return rsx! {};
    }
    let title = components::look_again(problems.len());
    rsx! {
        div { class: "ao-form-errors", role: "alert", tabindex: "-1", autofocus: true, "data-focus": "{filled.number}",
            div {
                p { class: "ao-banner-title", "{title}" }
                ul {
                    for (place , problem) in problems.iter().enumerate() {
                        li { key: "{place}",
                            if let Some(field) = &problem.field {
                                a { href: "#{id(prefix, field)}", "{problem.text}" }
                            } else {
                                "{problem.text}"
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The id of the element that holds a field; there is one file at most.
fn id(prefix: &str, name: &str) -> String {
    if name == names::FILE { field_id(name) } else { names::id(prefix, name) }
}

/// That somebody else has changed the row, and what that means.
pub(super) fn stale(filled: &Filled) -> Element {
    let Some(stale) = &filled.stale else { return rsx! {} };
    let who = stale.who.as_deref().unwrap_or_else(|| forms::somebody());
    let what = words::singular_within(filled.plan.object);
    let clashes = filled.sheet.parts().flat_map(|part| &part.cells).filter(|cell| cell.clash.is_some()).count();
    rsx! {
        div { class: "ao-banner ao-tone-warning", role: "alert", tabindex: "-1", autofocus: true, "data-focus": "{filled.number}",
            div { class: "ao-banner-text",
                p { class: "ao-banner-title", {forms::changed_while_editing(who, &what)} }
                p {
                    {forms::nothing_saved(&stale.when)}
                    " "
                    match clashes {
                        0 => forms::no_clash().to_owned(),
                        many => forms::clashes(many),
                    }
                }
                if stale.lost > 0 {
                    p { {forms::lost_rows(stale.lost)} }
                }
            }
        }
    }
}
