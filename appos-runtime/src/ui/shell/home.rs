//! The start: where one can go.

use dioxus::prelude::*;

use super::navigation::{Section, sections};
use super::refusal::{Refusal, refusal};
use crate::ui::components::{Card, EmptyState, Grid, PageHeader, Skeleton, icon};
use crate::ui::page::{use_load, use_title, use_visitor};
use crate::ui::text::own;

/// One app and what is in it. Who may see nothing of it learns no more than of one that does not exist.
#[component]
pub(super) fn AppHome(app: String) -> Element {
    let visitor = use_visitor();
    let registry = visitor.engine.registry();
    let load = use_load((), move |()| sections(registry));
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 4 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(sections)) => match sections.iter().find(|section| section.app == app) {
            Some(section) => rsx! {
                Opened { section: section.clone() }
            },
            None => rsx! {
                Refusal { code: 404, message: own::problems::not_found() }
            },
        },
    })
}

#[component]
fn Opened(section: Section) -> Element {
    use_title(section.label.clone());
    rsx! {
        PageHeader { title: section.label.clone() }
        Card { {links(&section)} }
    }
}

fn links(section: &Section) -> Element {
    rsx! {
        ul { class: "ao-links",
            for entry in section.entries() {
                li { key: "{entry.href}",
                    a { href: "{entry.href}",
                        {icon(entry.icon)}
                        "{entry.label}"
                    }
                }
            }
        }
    }
}

/// The apps and what is in them.
#[component]
pub(super) fn Home() -> Element {
    let visitor = use_visitor();
    use_title(own::shell::home());
    let registry = visitor.engine.registry();
    let load = use_load((), move |()| sections(registry));
    let sections = load.with(|answer| match answer {
        Some(Ok(sections)) => Some(sections.clone()),
        _ => None,
    });
    rsx! {
        PageHeader { title: visitor.platform, description: own::shell::signed_in_as(&visitor.user.name) }
        if sections.as_ref().is_some_and(Vec::is_empty) {
            EmptyState { title: own::shell::no_access() }
        }
        Grid {
            for section in sections.unwrap_or_default() {
                Card { key: "{section.app}", title: section.label.clone(),
                    {links(&section)}
                }
            }
        }
        p {
            a { href: "/api/docs/", "data-reload": "", {own::shell::api_documentation()} }
        }
    }
}
