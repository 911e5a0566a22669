//! One row of another record: a combobox with what is found.

use dioxus::prelude::*;

use super::super::events::on_input;
use super::super::icon::icon;
use super::choices::Choice;
use super::field::Frame;
use crate::icon;
use crate::ui::text::own::{components as words, forms};

/// Picks a row of another record by a few letters, as a combobox with a list
/// ([ARIA](https://www.w3.org/WAI/ARIA/apg/patterns/combobox/)). The script opens, moves in and closes the list, and
/// puts what is chosen into the hidden field; `onsearch` hears what is typed, and `choices` are what it has
/// found. Without script there is a list of the first of them instead: a server reads the last value of the name.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     RelationPicker { name: "customer", label: "Customer", chosen: Choice::new("1", "Ada Lovelace"),
///         choices: vec![Choice::new("1", "Ada Lovelace"), Choice::new("2", "Alan Turing").hint("Manchester")] }
/// }
/// # }
/// ```
#[component]
pub fn RelationPicker(
    /// The name under which the id of the row is sent.
    name: String,
    /// What it is called.
    label: String,
    /// What is chosen.
    chosen: Option<Choice>,
    /// What was found.
    #[props(default)]
    choices: Vec<Choice>,
    /// More is being looked for.
    #[props(default)]
    loading: bool,
    /// There are more than these.
    #[props(default)]
    more: bool,
    /// The address at which a new row is made.
    create: Option<String>,
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
    /// The text has changed.
    onsearch: Option<EventHandler<String>>,
) -> Element {
    let frame = Frame { name, label, help, error, required };
    let id = frame.id();
    let (value, text) = chosen.map(|chosen| (chosen.value, chosen.label)).unwrap_or_default();
    let input =
        on_input(onsearch.map(|onsearch| EventHandler::new(move |event: FormEvent| onsearch.call(event.value()))));
    let said = match (loading, choices.len()) {
        (true, _) => words::searching().to_owned(),
        (false, 0) => words::nothing_found().to_owned(),
        (false, many) if more => words::first_results(many),
        (false, many) => words::results(many),
    };
    let plain = without_script(&frame, &value, &text, &choices);
    frame.around(rsx! {
        div { class: "ao-combobox ao-script-only", "data-combobox": "values",
            input { r#type: "hidden", name: "{frame.name}", value: "{value}", disabled }
            input {
                class: "ao-input",
                id: "{id}",
                r#type: "text",
                role: "combobox",
                value: "{text}",
                placeholder: forms::type_to_search(),
                autocomplete: "off",
                spellcheck: "false",
                disabled,
                "aria-required": frame.required.then_some("true"),
                "aria-autocomplete": "list",
                "aria-expanded": "false",
                "aria-controls": "{id}-list",
                "aria-invalid": frame.invalid(),
                "aria-describedby": frame.described_by(),
                ..input,
            }
            button {
                class: "ao-combobox-clear",
                r#type: "button",
                tabindex: "-1",
                "aria-label": words::clear(&frame.label),
                "data-combobox-clear": "",
                disabled,
                {icon(icon!("x"))}
            }
            div { class: "ao-combobox-pop",
                div { class: "ao-combobox-list", id: "{id}-list", role: "listbox", "aria-label": "{frame.label}",
                    for (index , choice) in choices.iter().enumerate() {
                        div {
                            key: "{choice.value}",
                            class: "ao-option",
                            id: "{id}-{index}",
                            role: "option",
                            "aria-selected": if choice.value == value { "true" } else { "false" },
                            "data-value": "{choice.value}",
                            "data-text": "{choice.label}",
                            span { "{choice.label}" }
                            if let Some(hint) = &choice.hint {
                                span { class: "ao-dim", "{hint}" }
                            }
                        }
                    }
                }
                p { class: "ao-combobox-said", role: "status", "{said}" }
                if let Some(create) = create {
                    a { class: "ao-combobox-new", href: "{create}", {icon(icon!("plus"))} {words::create()} }
                }
            }
        }
        // One attribute: a browser with script does not read what is inside as elements, and finds no marks there.
        noscript { dangerous_inner_html: plain }
    })
}

/// A list to choose from, for browsers without script.
fn without_script(frame: &Frame, value: &str, text: &str, choices: &[Choice]) -> String {
    use super::super::escape::escaped;
    let option = |value: &str, label: &str, selected: bool| {
        let selected = if selected { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", escaped(value), escaped(label))
    };
    let mut options = option("", "", value.is_empty());
    if !value.is_empty() && choices.iter().all(|choice| choice.value != value) {
        options.push_str(&option(value, text, true));
    }
    options.extend(choices.iter().map(|choice| option(&choice.value, &choice.label, choice.value == value)));
    let (name, label) = (escaped(&frame.name), escaped(&frame.label));
    format!("<select class=\"ao-input\" name=\"{name}\" aria-label=\"{label}\">{options}</select>")
}
