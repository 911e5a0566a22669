//! Yes or no.

use dioxus::prelude::*;

use super::super::events::on_change;
use super::field::Frame;

/// A box to tick.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     CheckboxField { name: "newsletter", label: "Send the newsletter", checked: true }
/// }
/// # }
/// ```
#[component]
pub fn CheckboxField(
    /// The name under which the value is sent.
    name: String,
    /// What it is called.
    label: String,
    /// It is ticked.
    #[props(default)]
    checked: bool,
    /// What is sent if it is ticked.
    #[props(default = "true".to_owned())]
    value: String,
    /// A sentence about it.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// It must be ticked.
    #[props(default)]
    required: bool,
    /// It can neither be changed nor is it sent.
    #[props(default)]
    disabled: bool,
    /// It was changed.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    tick(&Frame { name, label, help, error, required }, (checked, value, disabled), None, onchange)
}

/// A switch: yes or no, at once.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     SwitchField { name: "active", label: "Active", checked: true }
/// }
/// # }
/// ```
#[component]
pub fn SwitchField(
    /// The name under which the value is sent.
    name: String,
    /// What it is called.
    label: String,
    /// It is on.
    #[props(default)]
    checked: bool,
    /// What is sent if it is on.
    #[props(default = "true".to_owned())]
    value: String,
    /// A sentence about it.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// It can neither be changed nor is it sent.
    #[props(default)]
    disabled: bool,
    /// It was changed.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    let frame = Frame { name, label, help, error, required: false };
    tick(&frame, (checked, value, disabled), Some("switch"), onchange)
}

fn tick(
    frame: &Frame,
    (checked, value, disabled): (bool, String, bool),
    role: Option<&'static str>,
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    rsx! {
        div { class: "ao-field ao-field-tick",
            label { class: "ao-tick",
                input {
                    class: if role.is_some() { "ao-switch" } else { "ao-checkbox" },
                    id: frame.id(),
                    name: "{frame.name}",
                    r#type: "checkbox",
                    role,
                    value: "{value}",
                    checked,
                    disabled,
                    required: frame.required,
                    "aria-invalid": frame.invalid(),
                    "aria-describedby": frame.described_by(),
                    ..on_change(onchange),
                }
                span { "{frame.label}" }
            }
            {frame.help_line()}
            {frame.error_line()}
        }
    }
}
