//! What stands above a list: search, filters, columns, export.

use dioxus::prelude::*;

use super::rows::Found;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::ui::components::{Button, ButtonVariant, IconButton, LinkButton, Menu, MenuLink, MenuSection, Tag};
use crate::ui::text::own::{actions, lists};

/// Fields that are not seen: what a form keeps of the address.
pub(in crate::ui::records) fn hidden(kept: &[(String, String)]) -> Element {
    rsx! {
        for (place , (name , value)) in kept.iter().enumerate() {
            input { key: "{place}", r#type: "hidden", name: "{name}", value: "{value}" }
        }
    }
}

/// Search, and the menus of filters and columns.
pub(super) fn toolbar(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let asked = &found.asked;
    let text = asked.parameter("q").unwrap_or_default();
    let kept = asked.kept(|name| name == "q");
    let deleted = asked.parameter("deleted").is_some();
    let keeps_deleted = record_of(object).soft_delete && found.may.delete;
    let stored = found.all.iter().filter(|column| column.stored);
    let filters = stored.map(|column| MenuLink::to(column.label, asked.with(&[("by", Some(column.name))]))).collect();
    rsx! {
        div { class: "ao-toolbar",
            if found.searches {
                form { method: "get", action: "{asked.location.path}", role: "search", class: "ao-list-search",
                    {hidden(&kept)}
                    input {
                        class: "ao-input",
                        r#type: "search",
                        name: "q",
                        aria_label: lists::search_here(),
                        placeholder: actions::search(),
                        value: "{text}",
                    }
                    Button { submit: true, {actions::search()} }
                }
            }
            Menu { id: "filters", label: actions::filter(), icon: "funnel", sections: vec![MenuSection::of(filters)] }
            {super::sort::menu(found)}
            Menu { id: "columns", label: lists::columns(), icon: "columns-3", {columns(found)} }
            if keeps_deleted {
                LinkButton {
                    to: asked.with(&[("deleted", if deleted { None } else { Some("true") })]),
                    variant: ButtonVariant::Quiet,
                    if deleted { {lists::hide_deleted()} } else { {lists::show_deleted()} }
                }
            }
        }
    }
}

/// Which columns, and in which order.
fn columns(found: &Found) -> Element {
    let asked = &found.asked;
    let kept = asked.kept(|name| name == "columns");
    let is_shown = |name: &str| found.columns.iter().any(|column| column.name == name);
    let others: Vec<_> = found.all.iter().filter(|column| !is_shown(column.name)).collect();
    let names: Vec<&str> = found.columns.iter().map(|column| column.name).collect();
    let moved = |place: usize| {
        let mut names = names.clone();
        if place > 0 && place < names.len() {
            names.swap(place - 1, place);
        }
        asked.with(&[("columns", Some(&names.join(",")))])
    };
    rsx! {
        form { method: "get", action: "{asked.location.path}", class: "ao-columns",
            {hidden(&kept)}
            fieldset {
                legend { class: "ao-hidden", {lists::columns()} }
                for (place , column) in found.columns.iter().enumerate() {
                    div { key: "{column.name}", class: "ao-column-choice",
                        label { class: "ao-check-label",
                            input {
                                class: "ao-checkbox",
                                r#type: "checkbox",
                                name: "column",
                                value: column.name,
                                initial_checked: true,
                            }
                            span { "{column.label}" }
                        }
                        if place > 0 {
                            IconButton { icon: "arrow-up", label: lists::move_forward(column.label), to: moved(place) }
                        }
                    }
                }
                for column in others {
                    label { key: "{column.name}", class: "ao-check-label",
                        input { class: "ao-checkbox", r#type: "checkbox", name: "column", value: column.name }
                        span { "{column.label}" }
                    }
                }
            }
            div { class: "ao-form-actions",
                Button { submit: true, small: true, variant: ButtonVariant::Primary, {actions::apply()} }
                LinkButton { small: true, to: asked.with(&[("columns", None)]), {actions::reset()} }
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
        ul { class: "ao-chips", aria_label: lists::filters(),
            for (place , chip) in found.chips.iter().enumerate() {
                li { key: "{place}",
                    Tag { label: "{chip.words}", remove: "{chip.without}" }
                }
            }
            li {
                LinkButton { to: found.asked.without_filters(), small: true, variant: ButtonVariant::Quiet, {lists::clear_filters()} }
            }
        }
    }
}

/// The rows that fit as a file.
pub(super) fn export(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let link = |format: &str| found.asked.export(object, format);
    let links =
        vec![MenuLink::download(lists::as_csv(), link("csv")), MenuLink::download(lists::as_jsonl(), link("jsonl"))];
    rsx! {
        Menu { id: "export", label: actions::export(), icon: "download", sections: vec![MenuSection::of(links)] }
    }
}
