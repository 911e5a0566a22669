//! Picks a row of another record: a combobox that asks while somebody types, or, without script, a list of
//! the first rows with a search beside it. What stands in it is written once, as in other controls.

use std::time::Duration;

use dioxus::html::events;
use dioxus::prelude::*;

use super::offer::{Offer, offer};
use crate::icon;
use crate::ui::components::Icon;
use crate::ui::shell::ByReference;
use crate::ui::text::own::{actions, components, forms};

/// How long somebody has to pause before it is asked what his letters find.
const PAUSE: Duration = Duration::from_millis(150);

/// Most rows that the list of a combobox shows: who does not find his among them types on.
const AT_ONCE: usize = 20;

/// What a picker needs to know.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Picking {
    /// The id of the element.
    pub(in crate::ui) id: String,
    /// The name under which the id of the row is sent.
    pub(in crate::ui) name: String,
    pub(in crate::ui) label: String,
    pub(in crate::ui) target: ByReference,
    /// The id of the chosen row, and what it is called.
    pub(in crate::ui) value: String,
    pub(in crate::ui) text: String,
    /// What can be chosen at first.
    pub(in crate::ui) offer: Offer,
    /// Names of the fields that hold a search and ask for it, without script, and what is searched.
    pub(in crate::ui) search: (String, &'static str, String),
    pub(in crate::ui) required: bool,
    pub(in crate::ui) invalid: bool,
    pub(in crate::ui) described_by: Option<String>,
}

/// Picks a row of another record.
#[component]
pub(in crate::ui) fn Picker(picking: Picking, onchange: EventHandler<String>) -> Element {
    let mut found = use_signal(|| None::<Offer>);
    let mut asked = use_signal(|| 0_u64);
    let target = picking.target.0;
    let search = move |event: FormEvent| {
        let text = event.value();
        asked += 1;
        let own = *asked.peek();
        spawn(async move {
            tokio::time::sleep(PAUSE).await;
            // Somebody has typed on: only the last letters are asked for.
            if *asked.peek() != own {
                return;
            }
            if let Ok(answer) = offer(target, &text).await
                && *asked.peek() == own
            {
                found.set(Some(answer));
            }
        });
    };
    let shown = found.read();
    // What can be chosen is asked for when somebody first looks: most leave most references as they are.
    let offer = shown.as_ref();
    let rows = offer.map(|offer| &*offer.rows).unwrap_or_default();
    let more = offer.is_some_and(|offer| offer.more) || rows.len() > AT_ONCE;
    let said = match (offer, rows.len()) {
        (None, _) => String::new(),
        (Some(_), 0) => components::nothing_found().to_owned(),
        (Some(_), many) if more => components::first_results(many.min(AT_ONCE)),
        (Some(_), many) => components::results(many),
    };
    let id = &picking.id;
    let plain = without_script(&picking);
    rsx! {
        div { class: "ao-combobox ao-script-only", "data-combobox": "values",
            input {
                r#type: "hidden",
                name: "{picking.name}",
                "value": "{picking.value}",
                ..vec![events::onchange(move |event: FormEvent| onchange.call(event.value()))],
            }
            input {
                class: "ao-input",
                id: "{id}",
                r#type: "text",
                role: "combobox",
                "value": "{picking.text}",
                placeholder: forms::type_to_search(),
                autocomplete: "off",
                spellcheck: "false",
                "aria-required": picking.required.then_some("true"),
                "aria-autocomplete": "list",
                "aria-expanded": "false",
                "aria-controls": "{id}-list",
                "aria-invalid": picking.invalid.then_some("true"),
                "aria-describedby": picking.described_by.clone(),
                ..vec![events::oninput(search)],
            }
            button {
                class: "ao-combobox-clear",
                r#type: "button",
                tabindex: "-1",
                "aria-label": components::clear(&picking.label),
                "data-combobox-clear": "",
                Icon { name: icon!("x") }
            }
            div { class: "ao-combobox-pop",
                div { class: "ao-combobox-list", id: "{id}-list", role: "listbox", "aria-label": "{picking.label}",
                    for (place , (row , name)) in rows.iter().take(AT_ONCE).enumerate() {
                        div {
                            key: "{row}",
                            class: "ao-option",
                            id: "{id}-{place}",
                            role: "option",
                            "aria-selected": if row.to_string() == picking.value { "true" } else { "false" },
                            "data-value": "{row}",
                            "data-text": "{name}",
                            span { "{name}" }
                        }
                    }
                }
                p { class: "ao-combobox-said", role: "status", "{said}" }
            }
        }
        // One attribute: a browser with script does not read what is inside as elements.
        noscript { dangerous_inner_html: plain }
    }
}

/// A list to choose from, for browsers without script; with a search, if there are more rows than these.
fn without_script(picking: &Picking) -> String {
    let Picking { name, label, value, text, offer, search: (search, find, searched), .. } = picking;
    let is_offered = offer.rows.iter().any(|(id, _)| id.to_string() == *value);
    // A server reads the last value of the name: this one, and not that of the hidden field.
    dioxus_ssr::render_element(rsx! {
        select { class: "ao-input", name: "{name}", "aria-label": "{label}",
            option { value: "", selected: value.is_empty(), "" }
            if !value.is_empty() && !is_offered {
                option { value: "{value}", selected: true, "{text}" }
            }
            for (id , name) in offer.rows.iter() {
                option { value: "{id}", selected: id.to_string() == *value, "{name}" }
            }
        }
        if offer.more || !searched.is_empty() {
            span { class: "ao-row",
                input {
                    class: "ao-input",
                    r#type: "search",
                    name: "{search}",
                    value: "{searched}",
                    "aria-label": forms::search_for(label),
                }
                button { class: "ao-button ao-small", r#type: "submit", name: "{find}", value: "{name}", {actions::search()} }
            }
        }
    })
}
