//! The start: where one can go.

use dioxus::prelude::*;

use super::navigation::sections;
use crate::ui::components::{Card, EmptyState, Grid, PageHeader, icon};
use crate::ui::page::{use_load, use_title, use_visitor};
use crate::ui::text::own;

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
        }
        p {
            a { href: "/api/docs/", "data-reload": "", {own::shell::api_documentation()} }
        }
    }
}
