//! The control that fits an argument.

use dioxus::prelude::*;

use super::{Asked, FIND, SEARCH, json_help};
use crate::ui::components::{
    CheckboxField, Choice, Field, InputKind, RadioGroup, SelectField, TextArea, TextField, field_id,
};
use crate::ui::records::{Picker, Picking};
use crate::ui::shell::ByReference;
use crate::ui::text::names::choice_named;
use crate::ui::text::own::actions;
use crate::value::{ChoicesDescriptor, FieldType};

/// Most choices that are all in sight.
const FEW: usize = 4;
/// Words in the names of texts that have several lines.
const LONG: [&str; 8] = ["note", "comment", "description", "message", "reason", "remark", "body", "text"];

/// The control of an argument, with its label and what is wrong with it. `app`: whose words its choices have.
pub(super) fn control(asked: &Asked, app: &str, error: Option<String>) -> Element {
    let input = asked.input.0;
    if input.sensitive {
        return line(asked, InputKind::Password, error);
    }
    let Some(field_type) = input.field_type else { return json(asked, error) };
    match field_type {
        FieldType::Text if LONG.iter().any(|word| asked.name.contains(word)) => area(asked, error),
        FieldType::Text if asked.name.contains("email") || asked.name.contains("e_mail") => {
            line(asked, InputKind::Email, error)
        }
        FieldType::Text | FieldType::Uuid => line(asked, InputKind::Text, error),
        FieldType::Integer { .. } => line(asked, InputKind::Integer, error),
        FieldType::Float | FieldType::Decimal { .. } => line(asked, InputKind::Decimal, error),
        FieldType::Date => line(asked, InputKind::Date, error),
        FieldType::DateTime => line(asked, InputKind::DateTime, error),
        FieldType::Bool if input.optional => {
            let choices = vec![Choice::new("true", actions::yes()), Choice::new("false", actions::no())];
            select(asked, choices, error)
        }
        FieldType::Bool => tick(asked, error),
        FieldType::Choice(choices) => one_of(asked, choices, app, error),
        FieldType::Reference(target) => match &asked.offer {
            Some(_) => pick(asked, ByReference(target()), error),
            None => line(asked, InputKind::Integer, error),
        },
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) => json(asked, error),
    }
}

fn line(asked: &Asked, kind: InputKind, error: Option<String>) -> Element {
    let input = asked.input.0;
    rsx! {
        TextField {
            name: asked.name,
            label: asked.label.clone(),
            kind,
            value: asked.typed.clone(),
            error,
            required: !input.optional,
            // What stands here is about others, whom a browser does not know.
            autocomplete: if kind == InputKind::Password { "new-password" } else { "off" },
        }
    }
}

fn area(asked: &Asked, error: Option<String>) -> Element {
    let required = !asked.input.0.optional;
    rsx! {
        TextArea { name: asked.name, label: asked.label.clone(), value: asked.typed.clone(), error, required }
    }
}

fn json(asked: &Asked, error: Option<String>) -> Element {
    rsx! {
        TextArea {
            name: asked.name,
            label: asked.label.clone(),
            help: json_help(),
            json: true,
            rows: 4,
            value: asked.typed.clone(),
            error,
        }
    }
}

fn tick(asked: &Asked, error: Option<String>) -> Element {
    rsx! {
        // A box that is not ticked sends nothing: this stands for it.
        input { r#type: "hidden", name: asked.name, value: "false" }
        CheckboxField { name: asked.name, label: asked.label.clone(), checked: asked.typed == "true", error }
    }
}

fn select(asked: &Asked, choices: Vec<Choice>, error: Option<String>) -> Element {
    let optional = asked.input.0.optional;
    rsx! {
        SelectField {
            name: asked.name,
            label: asked.label.clone(),
            choices,
            value: asked.typed.clone(),
            empty: optional.then(String::new),
            error,
            required: !optional,
        }
    }
}

fn one_of(asked: &Asked, of: &ChoicesDescriptor, app: &str, error: Option<String>) -> Element {
    let label = |choice: &crate::value::Choice| choice_named(app, of.type_name, choice.value).unwrap_or(choice.label);
    let choices: Vec<Choice> = of.choices.iter().map(|choice| Choice::new(choice.value, label(choice))).collect();
    if asked.input.0.optional || choices.len() > FEW {
        return select(asked, choices, error);
    }
    rsx! {
        RadioGroup {
            name: asked.name,
            label: asked.label.clone(),
            choices,
            value: asked.typed.clone(),
            error,
            required: true,
        }
    }
}

fn pick(asked: &Asked, target: ByReference, error: Option<String>) -> Element {
    let required = !asked.input.0.optional;
    let (offer, searched, text) = asked.offer.clone().unwrap_or_default();
    let id = field_id(asked.name);
    let picking = Picking {
        described_by: error.is_some().then(|| format!("{id}-error")),
        id,
        name: asked.name.to_owned(),
        label: asked.label.clone(),
        target,
        value: asked.typed.clone(),
        text,
        offer,
        search: (format!("{SEARCH}{}", asked.name), FIND, searched),
        required,
        invalid: error.is_some(),
    };
    rsx! {
        Field { name: asked.name, label: asked.label.clone(), error, required,
            Picker { picking, onchange: move |_| {} }
        }
    }
}
