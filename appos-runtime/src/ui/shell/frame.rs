//! The frame: where one is, where one can go, what has just happened.

use dioxus::prelude::*;

use super::navigation::{Section, sections};
use super::notes::Notes;
use crate::ui::page::{use_location, use_visitor};

/// Header, navigation and content.
#[component]
pub(super) fn Frame(children: Element) -> Element {
    rsx! {
        a { class: "ao-skip", href: "#main", "Skip to content" }
        Top {}
        div { class: "ao-body",
            Navigation {}
            main { id: "main", class: "ao-main", tabindex: "-1", {children} }
        }
        Notes {}
    }
}

/// Name of the platform, search, and what is the visitor's own.
#[component]
fn Top() -> Element {
    let visitor = use_visitor();
    rsx! {
        header { class: "ao-top",
            a { class: "ao-brand", href: "/", "{visitor.platform}" }
            form { method: "get", action: "/search", role: "search", class: "ao-search",
                input {
                    name: "q",
                    r#type: "search",
                    aria_label: "Search everything",
                    placeholder: "Search everything",
                    maxlength: "200",
                    autocomplete: "off",
                    "data-key": "/",
                }
            }
            details { class: "ao-own",
                summary { "{visitor.user.name}" }
                div { class: "ao-own-menu",
                    p { class: "ao-dim", "{visitor.user.email}" }
                    a { href: "/password", "data-reload": "", "Change your password" }
                    form { method: "post", action: "/logout", "data-reload": "",
                        input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
                        button { r#type: "submit", class: "ao-button", "Sign out" }
                    }
                }
            }
        }
    }
}

/// Everywhere the visitor can go; the app of the page is open.
#[component]
fn Navigation() -> Element {
    let visitor = use_visitor();
    let location = use_location();
    let path = location.read().path.clone();
    let sections = sections(visitor.engine.registry());
    let is_here = |href: &str| path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    let current = sections.iter().find(|section| section.entries.iter().any(|entry| is_here(&entry.href)));
    let current = current.map(|section| section.app);
    let open = |section: &Section| current.is_none_or(|app| app == section.app);
    rsx! {
        nav { class: "ao-nav", aria_label: "Main",
            for section in &sections {
                details { key: "{section.app}", class: "ao-nav-group", open: open(section),
                    summary { "{section.label}" }
                    ul {
                        for entry in &section.entries {
                            li { key: "{entry.href}",
                                a { href: "{entry.href}", aria_current: if is_here(&entry.href) { "page" }, "{entry.label}" }
                            }
                        }
                    }
                }
            }
        }
    }
}
