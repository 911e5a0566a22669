//! The form by which a filter is added or changed. It sends a question to the list, and needs no script.

use dioxus::prelude::*;

use super::names::{names, offered};
use crate::error::Result;
use crate::question::PERIODS;
use crate::security::Rights;
use crate::ui::records::list::address::{Asked, is_filter_of};
use crate::ui::records::list::columns::Column;
use crate::ui::shell::names::in_words;
use crate::value::{ChoicesDescriptor, Date, FieldType};

/// What the form of a filter shows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::records::list) struct Editor {
    name: &'static str,
    label: &'static str,
    nullable: bool,
    kind: Kind,
    /// What the address asks of the field now: operators and values.
    now: Vec<(String, String)>,
    /// What the form keeps of the address.
    kept: Vec<(String, String)>,
    path: String,
    /// The address without the form.
    close: String,
    /// The address without this filter.
    clear: String,
}

#[derive(Clone, Copy, Debug)]
struct Choices(&'static ChoicesDescriptor);

impl PartialEq for Choices {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Text,
    Number,
    Date,
    Moment,
    Choice(Choices),
    Truth,
    Reference {
        rows: Vec<(i64, String)>,
        more: bool,
        find: String,
    },
    /// Whether there is a value is all that can be asked.
    Presence,
}

impl Editor {
    fn now(&self, operator: &str) -> &str {
        self.now.iter().find(|(own, _)| own == operator).map_or("", |(_, value)| value)
    }
}

/// The form that the address asks for.
///
/// # Errors
/// The rows that a reference can lead to cannot be read.
pub(in crate::ui::records::list) async fn editor(
    asked: &Asked,
    all: &[Column],
    rights: &Rights,
) -> Result<Option<Editor>> {
    let Some(by) = asked.parameter("by") else { return Ok(None) };
    let Some(column) = all.iter().find(|column| column.name == by && column.stored) else { return Ok(None) };
    let parameters = asked.location.parameters();
    let own = parameters.iter().filter(|(name, _)| is_filter_of(name, column.name));
    let now: Vec<(String, String)> = own
        .filter_map(|(name, value)| {
            let path = name.strip_prefix("filter[")?.strip_suffix(']')?;
            let operator = path.split_once("][").map_or("eq", |(_, operator)| operator);
            Some((operator.to_owned(), value.to_owned()))
        })
        .collect();
    let kind = match column.field_type() {
        FieldType::Text | FieldType::Uuid => Kind::Text,
        FieldType::Integer { .. } | FieldType::Float | FieldType::Decimal { .. } => Kind::Number,
        FieldType::Date => Kind::Date,
        FieldType::DateTime => Kind::Moment,
        FieldType::Choice(choices) => Kind::Choice(Choices(choices)),
        FieldType::Bool => Kind::Truth,
        FieldType::Reference(target) => {
            let find = asked.parameter("find").unwrap_or_default();
            let (mut rows, more) = offered(target(), rights, &find).await?;
            // What is chosen stays, whatever is searched for.
            let chosen = now.iter().filter(|(operator, _)| operator == "in" || operator == "eq");
            let chosen: Vec<i64> =
                chosen.flat_map(|(_, ids)| ids.split(',')).filter_map(|id| id.parse().ok()).collect();
            let missing = chosen.into_iter().filter(|id| rows.iter().all(|(other, _)| other != id)).collect();
            rows.extend(names(target(), rights, missing).await?);
            Kind::Reference { rows, more, find }
        }
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) => Kind::Presence,
    };
    Ok(Some(Editor {
        name: column.name,
        label: column.label,
        nullable: column.nullable(),
        kind,
        now,
        kept: asked.kept(|name| is_filter_of(name, column.name)),
        path: asked.location.path.clone(),
        close: asked.with(&[]),
        clear: asked.without_filters_of(column.name),
    }))
}

/// The form of a filter.
#[component]
pub(in crate::ui::records::list) fn FilterEditor(editor: Editor) -> Element {
    let empty = editor.now("null").to_owned();
    rsx! {
        section { class: "ao-filter-editor ao-card", aria_labelledby: "filter-title",
            h2 { id: "filter-title", "Filter by {editor.label}" }
            form { method: "get", action: "{editor.path}", class: "ao-filter-form",
                for (place , (name , value)) in editor.kept.iter().enumerate() {
                    input { key: "{place}", r#type: "hidden", name: "{name}", value: "{value}" }
                }
                input { r#type: "hidden", name: "of", value: "{editor.name}" }
                {inputs(&editor)}
                if editor.nullable {
                    label {
                        "Value "
                        select { name: "empty",
                            option { value: "", selected: empty.is_empty(), "As above" }
                            option { value: "true", selected: empty == "true", "Is empty" }
                            option { value: "false", selected: empty == "false", "Is not empty" }
                        }
                    }
                }
                p { class: "ao-form-actions",
                    button { r#type: "submit", class: "ao-button ao-primary", "Apply" }
                    if !editor.now.is_empty() {
                        a { class: "ao-button", href: "{editor.clear}", "Remove" }
                    }
                    a { class: "ao-button", href: "{editor.close}", "Cancel" }
                }
            }
        }
    }
}

fn inputs(editor: &Editor) -> Element {
    match &editor.kind {
        Kind::Text => text_inputs(editor),
        Kind::Number => rsx! {
            label {
                "From "
                input { name: "from", inputmode: "decimal", value: "{editor.now(\"gte\")}" }
            }
            label {
                "To "
                input { name: "to", inputmode: "decimal", value: "{editor.now(\"lte\")}" }
            }
        },
        Kind::Date => time_inputs(editor, editor.now("gte").to_owned(), editor.now("lte").to_owned()),
        Kind::Moment => {
            let day = |moment: &str| moment.get(..10).unwrap_or_default().to_owned();
            let end = day(editor.now("lt")).parse::<Date>().ok().and_then(|day| day.pred_opt());
            let end = end.map(|day| day.to_string()).unwrap_or_default();
            rsx! {
                input { r#type: "hidden", name: "as", value: "moment" }
                {time_inputs(editor, day(editor.now("gte")), end)}
            }
        }
        Kind::Choice(Choices(choices)) => {
            let now: Vec<&str> = editor.now("in").split(',').chain([editor.now("eq")]).collect();
            rsx! {
                fieldset {
                    legend { "One of" }
                    for choice in choices.choices {
                        label { key: "{choice.value}", class: "ao-check-label",
                            input {
                                r#type: "checkbox",
                                name: "value",
                                value: choice.value,
                                checked: now.contains(&choice.value),
                            }
                            " {choice.label}"
                        }
                    }
                }
            }
        }
        Kind::Truth => {
            let now = editor.now("eq");
            rsx! {
                input { r#type: "hidden", name: "op", value: "eq" }
                fieldset {
                    legend { "Value" }
                    label { class: "ao-check-label",
                        input { r#type: "radio", name: "value", value: "true", checked: now != "false" }
                        " Yes"
                    }
                    label { class: "ao-check-label",
                        input { r#type: "radio", name: "value", value: "false", checked: now == "false" }
                        " No"
                    }
                }
            }
        }
        Kind::Reference { rows, more, find } => reference_inputs(editor, rows, *more, find),
        Kind::Presence => rsx! {},
    }
}

fn text_inputs(editor: &Editor) -> Element {
    const OPERATORS: [(&str, &str); 4] =
        [("contains", "contains"), ("starts_with", "begins with"), ("ends_with", "ends with"), ("eq", "is exactly")];
    let now = OPERATORS.into_iter().find(|(operator, _)| !editor.now(operator).is_empty());
    let (operator, value) = now.map_or(("contains", ""), |(operator, _)| (operator, editor.now(operator)));
    rsx! {
        label {
            "Condition "
            select { name: "op",
                for (name , words) in OPERATORS {
                    option { key: "{name}", value: name, selected: name == operator, "{words}" }
                }
            }
        }
        label {
            "Text "
            input { name: "value", value: "{value}", autofocus: true }
        }
    }
}

fn time_inputs(editor: &Editor, from: String, to: String) -> Element {
    let now = editor.now("during");
    rsx! {
        label {
            "Period "
            select { name: "during",
                option { value: "", selected: now.is_empty(), "As below" }
                for name in PERIODS {
                    option { key: "{name}", value: name, selected: name == now, {in_words(name)} }
                }
            }
        }
        label {
            "From "
            input { r#type: "date", name: "from", value: "{from}" }
        }
        label {
            "To "
            input { r#type: "date", name: "to", value: "{to}" }
        }
    }
}

fn reference_inputs(editor: &Editor, rows: &[(i64, String)], more: bool, find: &str) -> Element {
    let now: Vec<&str> = editor.now("in").split(',').chain([editor.now("eq")]).collect();
    let is_chosen = |id: i64| now.contains(&id.to_string().as_str());
    rsx! {
        fieldset { class: "ao-options",
            legend { "One of" }
            for (id , name) in rows.iter() {
                label { key: "{id}", class: "ao-check-label",
                    input { r#type: "checkbox", name: "value", value: "{id}", checked: is_chosen(*id) }
                    " {name}"
                }
            }
            if rows.is_empty() {
                p { class: "ao-dim", "Nothing fits." }
            }
            if more {
                p { class: "ao-dim", "There are more: search for the one you mean." }
            }
        }
        // What is chosen is applied, and the form stays open with other rows to choose from.
        label {
            "Search "
            input { r#type: "search", name: "find", value: "{find}" }
        }
        button { r#type: "submit", class: "ao-button", name: "by", value: "{editor.name}", "Find" }
    }
}
