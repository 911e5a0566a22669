//! What stands above a list: search, filters, columns, export.

use dioxus::prelude::*;

use super::rows::Found;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;

/// Search, and the menus of filters and columns.
pub(super) fn toolbar(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let asked = &found.asked;
    let text = asked.parameter("q").unwrap_or_default();
    let kept = asked.kept(|name| name == "q");
    let deleted = asked.parameter("deleted").is_some();
    let keeps_deleted = record_of(object).soft_delete && found.may.delete;
    rsx! {
        div { class: "ao-toolbar",
            if found.searches {
                form { method: "get", action: "{asked.location.path}", role: "search", class: "ao-list-search",
                    for (place , (name , value)) in kept.iter().enumerate() {
                        input { key: "{place}", r#type: "hidden", name: "{name}", value: "{value}" }
                    }
                    input {
                        r#type: "search",
                        name: "q",
                        aria_label: "Search in this list",
                        placeholder: "Search",
                        value: "{text}",
                    }
                    button { r#type: "submit", class: "ao-button", "Search" }
                }
            }
            details { class: "ao-menu",
                summary { class: "ao-button", "Filter" }
                ul { class: "ao-menu-items",
                    for column in found.all.iter().filter(|column| column.stored) {
                        li { key: "{column.name}",
                            a { href: asked.with(&[("by", Some(column.name))]), "{column.label}" }
                        }
                    }
                }
            }
            {columns(found)}
            if keeps_deleted {
                a {
                    class: "ao-button",
                    href: asked.with(&[("deleted", if deleted { None } else { Some("true") })]),
                    if deleted { "Hide deleted" } else { "Show deleted" }
                }
            }
        }
    }
}

/// Which columns, and in which order.
fn columns(found: &Found) -> Element {
    let asked = &found.asked;
    let kept = asked.kept(|name| name == "columns");
    let others: Vec<_> =
        found.all.iter().filter(|one| found.columns.iter().all(|column| column.name != one.name)).collect();
    let names: Vec<&str> = found.columns.iter().map(|column| column.name).collect();
    let moved = |place: usize| {
        let mut names = names.clone();
        if place > 0 && place < names.len() {
            names.swap(place - 1, place);
        }
        asked.with(&[("columns", Some(&names.join(",")))])
    };
    rsx! {
        details { class: "ao-menu",
            summary { class: "ao-button", "Columns" }
            form { method: "get", action: "{asked.location.path}", class: "ao-menu-items",
                for (place , (name , value)) in kept.iter().enumerate() {
                    input { key: "{place}", r#type: "hidden", name: "{name}", value: "{value}" }
                }
                fieldset {
                    legend { "Columns" }
                    for (place , column) in found.columns.iter().enumerate() {
                        div { key: "{column.name}", class: "ao-column",
                            label { class: "ao-check-label",
                                input { r#type: "checkbox", name: "column", value: column.name, checked: true }
                                " {column.label}"
                            }
                            if place > 0 {
                                a { href: moved(place), aria_label: "Move {column.label} forward", "↑" }
                            }
                        }
                    }
                    for column in others {
                        label { key: "{column.name}", class: "ao-check-label",
                            input { r#type: "checkbox", name: "column", value: column.name }
                            " {column.label}"
                        }
                    }
                }
                p { class: "ao-form-actions",
                    button { r#type: "submit", class: "ao-button ao-primary", "Apply" }
                    a { class: "ao-button", href: asked.with(&[("columns", None)]), "Reset" }
                }
            }
        }
    }
}

/// The filters in words, each with its end.
pub(super) fn chips(found: &Found) -> Element {
    if found.chips.is_empty() {
        return rsx! {};
    }
    rsx! {
        ul { class: "ao-chips", aria_label: "Filters",
            for (place , chip) in found.chips.iter().enumerate() {
                li { key: "{place}", class: "ao-chip",
                    span { "{chip.words}" }
                    a { href: "{chip.without}", aria_label: "Remove filter: {chip.words}", "×" }
                }
            }
            li {
                a { href: found.asked.without_filters(), "Clear filters" }
            }
        }
    }
}

/// The rows that fit as a file.
pub(super) fn export(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let link = |format: &str| found.asked.export(object, format);
    rsx! {
        details { class: "ao-menu",
            summary { class: "ao-button", "Export" }
            ul { class: "ao-menu-items",
                li {
                    a { href: link("csv"), download: "", "data-reload": "", "As CSV, for spreadsheets" }
                }
                li {
                    a { href: link("jsonl"), download: "", "data-reload": "", "As JSON lines, for programs" }
                }
            }
        }
    }
}
