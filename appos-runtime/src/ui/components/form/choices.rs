//! One of several, or several of them.

use dioxus::prelude::*;

use super::super::events::on_change;
use super::field::Frame;

/// Something to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A few words about it.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice with what is sent and what is shown.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// The same with a few words about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// One of several, in a list that opens.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     SelectField { name: "tier", label: "Tier", value: "gold", empty: "None",
///         choices: vec![Choice::new("silver", "Silver"), Choice::new("gold", "Gold")] }
/// }
/// # }
/// ```
#[component]
pub fn SelectField(
    /// The name under which the value is sent.
    name: String,
    /// What it is called.
    label: String,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// What is chosen.
    #[props(default)]
    value: String,
    /// The word for choosing nothing; without one, something must be chosen.
    empty: Option<String>,
    /// A sentence about it.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// Something must be chosen.
    #[props(default)]
    required: bool,
    /// It can neither be changed nor is it sent.
    #[props(default)]
    disabled: bool,
    /// Another one was chosen.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    let frame = Frame { name, label, help, error, required };
    // What is stored and can no longer be chosen is shown all the same, or saving would change it.
    let stray = !value.is_empty() && choices.iter().all(|choice| choice.value != value);
    let unset = empty.is_some() || value.is_empty();
    frame.around(rsx! {
        div { class: "ao-select",
            select {
                class: "ao-input",
                id: frame.id(),
                name: "{frame.name}",
                required: frame.required,
                disabled,
                "aria-invalid": frame.invalid(),
                "aria-describedby": frame.described_by(),
                ..on_change(onchange),
                if unset {
                    option { value: "", selected: value.is_empty(), {empty.unwrap_or_default()} }
                }
                if stray {
                    option { value: "{value}", selected: true, "{value}" }
                }
                for choice in choices {
                    option { key: "{choice.value}", value: "{choice.value}", selected: choice.value == value, "{choice.label}" }
                }
            }
        }
    })
}

/// One of a few, all of them in sight.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     RadioGroup { name: "tier", label: "Tier", value: "gold",
///         choices: vec![Choice::new("silver", "Silver"), Choice::new("gold", "Gold").hint("5 % less")] }
/// }
/// # }
/// ```
#[component]
pub fn RadioGroup(
    /// The name under which the value is sent.
    name: String,
    /// What it is called.
    label: String,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// What is chosen.
    #[props(default)]
    value: String,
    /// A sentence about it.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// Something must be chosen.
    #[props(default)]
    required: bool,
    /// It can neither be changed nor is it sent.
    #[props(default)]
    disabled: bool,
    /// Beside each other, as a bar.
    #[props(default)]
    bar: bool,
    /// Another one was chosen.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    let frame = Frame { name, label, help, error, required };
    let rows = choices.iter().enumerate().map(|(index, choice)| {
        rsx! {
            label { key: "{index}", class: "ao-tick",
                input {
                    class: "ao-radio",
                    r#type: "radio",
                    name: "{frame.name}",
                    value: "{choice.value}",
                    checked: choice.value == value,
                    required: frame.required,
                    disabled,
                    ..on_change(onchange),
                }
                span { "{choice.label}" }
                {hint(choice)}
            }
        }
    });
    frame.group(rsx! {
        div { class: if bar { "ao-choices ao-segments" } else { "ao-choices" }, {rows} }
    })
}

fn hint(choice: &Choice) -> Element {
    rsx! {
        if let Some(hint) = &choice.hint {
            span { class: "ao-dim", "{hint}" }
        }
    }
}

/// Several of several: boxes to tick, in a frame that scrolls where there are many.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     MultiSelect { name: "tags", label: "Tags", values: vec!["new".to_owned()],
///         choices: vec![Choice::new("new", "New"), Choice::new("paid", "Paid")] }
/// }
/// # }
/// ```
#[component]
pub fn MultiSelect(
    /// The name under which each of the values is sent.
    name: String,
    /// What it is called.
    label: String,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// What is chosen.
    #[props(default)]
    values: Vec<String>,
    /// A sentence about it.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// It can neither be changed nor is it sent.
    #[props(default)]
    disabled: bool,
    /// A box was changed.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    let frame = Frame { name, label, help, error, required: false };
    let rows = choices.iter().enumerate().map(|(index, choice)| {
        rsx! {
            label { key: "{index}", class: "ao-tick",
                input {
                    class: "ao-checkbox",
                    r#type: "checkbox",
                    name: "{frame.name}",
                    value: "{choice.value}",
                    checked: values.contains(&choice.value),
                    disabled,
                    ..on_change(onchange),
                }
                span { "{choice.label}" }
                {hint(choice)}
            }
        }
    });
    frame.group(rsx! {
        div { class: "ao-choices ao-choices-framed", {rows} }
    })
}
