//! A list of texts.

use dioxus::prelude::*;

use super::super::events::on_click;
use super::super::icon::icon;
use super::field::Frame;
use crate::icon;

/// Several texts, a line each. There is always an empty line for one more, so it grows without script, too,
/// each time the form is sent; with script, a button adds lines.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     ListField { name: "phones", label: "Phones", values: vec!["+49 30 1234".to_owned()] }
/// }
/// # }
/// ```
#[component]
pub fn ListField(
    /// The name under which each of the texts is sent; empty ones count for nothing.
    name: String,
    /// What it is called.
    label: String,
    /// What is in it.
    #[props(default)]
    values: Vec<String>,
    /// A sentence about what to write.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// The word on the button that adds a line.
    #[props(default = "Add".to_owned())]
    add: String,
) -> Element {
    let frame = Frame { name, label, help, error, required: false };
    let mut more = use_signal(|| 1_usize);
    let lines = values.len() + more();
    let inputs = (0..lines).map(|index| {
        let value = values.get(index).cloned().unwrap_or_default();
        rsx! {
            input {
                key: "{index}",
                class: "ao-input",
                r#type: "text",
                name: "{frame.name}",
                value: "{value}",
                "aria-label": "{frame.label} {index + 1}",
                "aria-invalid": frame.invalid(),
            }
        }
    });
    frame.group(rsx! {
        div { class: "ao-list-field", {inputs} }
        button {
            class: "ao-button ao-small ao-script-only",
            r#type: "button",
            ..on_click(Some(EventHandler::new(move |_| more += 1))),
            {icon(icon!("plus"))}
            "{add}"
        }
    })
}
