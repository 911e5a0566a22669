//! The command palette: to any page, record or action by a few letters.

use dioxus::prelude::*;

use super::super::icon::{IconName, icon, icon_if};
use crate::icon;
use crate::ui::text::own::components as words;

/// Something to go to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaletteEntry {
    /// What it is called.
    pub label: String,
    /// Its address.
    pub to: String,
    /// Where it belongs: `CRM`.
    pub hint: Option<String>,
    /// Before its name.
    pub icon: Option<IconName>,
    /// The keys that do the same.
    pub keys: Option<String>,
}

/// Entries that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaletteGroup {
    /// Pages, Customers, Actions.
    pub label: String,
    /// The entries.
    pub entries: Vec<PaletteEntry>,
}

/// A field, and below it what it finds, in groups. The arrow keys choose, Enter goes there; each entry is a
/// link, and the field is a form that asks `action` without script.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     CommandPalette { groups: vec![PaletteGroup { label: "Pages".to_owned(), entries: vec![PaletteEntry {
///         label: "Customers".to_owned(),
///         to: "/crm/customers".to_owned(),
///         ..PaletteEntry::default()
///     }] }] }
/// }
/// # }
/// ```
#[component]
pub fn CommandPalette(
    /// What was found.
    groups: Vec<PaletteGroup>,
    /// What is in the field.
    #[props(default)]
    query: String,
    /// More is being looked for.
    #[props(default)]
    loading: bool,
    /// Its id, by which a button opens it.
    #[props(default = "palette".to_owned())]
    id: String,
    /// Open from the start.
    #[props(default)]
    open: bool,
    /// Where the form is sent without script.
    #[props(default = "/search".to_owned())]
    action: String,
    /// The field has changed: its text.
    onsearch: Option<EventHandler<String>>,
) -> Element {
    let input = super::super::events::on_input(
        onsearch.map(|onsearch| EventHandler::new(move |event: FormEvent| onsearch.call(event.value()))),
    );
    let found: usize = groups.iter().map(|group| group.entries.len()).sum();
    let said = match (loading, found) {
        (true, _) => words::searching().to_owned(),
        (false, 0) => words::nothing_found().to_owned(),
        (false, many) => words::results(many),
    };
    rsx! {
        dialog {
            class: "ao-modal ao-palette",
            id: "{id}",
            open,
            "aria-label": words::go_to(),
            "data-modal": if open { "open" } else { "closed" },
            "data-combobox": "links",
            form { class: "ao-palette-field", role: "search", "aria-label": words::go_to(), action: "{action}", method: "get",
                {icon(icon!("search"))}
                input {
                    r#type: "search",
                    name: "q",
                    value: "{query}",
                    placeholder: words::go_to_what(),
                    autocomplete: "off",
                    autofocus: true,
                    role: "combobox",
                    "aria-label": words::go_to(),
                    "aria-autocomplete": "list",
                    "aria-expanded": "true",
                    "aria-controls": "{id}-list",
                    ..input,
                }
            }
            div { class: "ao-palette-list", id: "{id}-list", role: "listbox", "aria-label": words::result_list(),
                for (index , group) in groups.iter().enumerate() {
                    div { key: "{index}", role: "group", "aria-labelledby": "{id}-group-{index}",
                        p { class: "ao-menu-label", id: "{id}-group-{index}", role: "presentation", "{group.label}" }
                        for (place , entry) in group.entries.iter().enumerate() {
                            a {
                                key: "{place}",
                                class: "ao-menu-link",
                                id: "{id}-{index}-{place}",
                                role: "option",
                                "aria-selected": "false",
                                tabindex: "-1",
                                href: "{entry.to}",
                                {icon_if(entry.icon)}
                                span { class: "ao-menu-text", "{entry.label}" }
                                if let Some(hint) = &entry.hint {
                                    span { class: "ao-dim", "{hint}" }
                                }
                                if let Some(keys) = &entry.keys {
                                    kbd { "{keys}" }
                                }
                            }
                        }
                    }
                }
            }
            p { class: if found == 0 { "ao-palette-said" } else { "ao-hidden" }, role: "status", "{said}" }
        }
    }
}
