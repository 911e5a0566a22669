//! The start: where one can go.

use dioxus::prelude::*;

use super::navigation::sections;
use crate::ui::page::{use_title, use_visitor};

/// The apps and what is in them.
#[component]
pub(super) fn Home() -> Element {
    let visitor = use_visitor();
    use_title("Start");
    let sections = sections(visitor.engine.registry());
    rsx! {
        h1 { "{visitor.platform}" }
        p { class: "ao-dim", "Signed in as {visitor.user.name}." }
        if sections.is_empty() {
            p { class: "ao-empty", "No group of yours gives you access to any record yet." }
        }
        div { class: "ao-grid",
            for section in sections {
                section { key: "{section.app}", class: "ao-card", aria_labelledby: "app-{section.app}",
                    h2 { id: "app-{section.app}", "{section.label}" }
                    ul { class: "ao-links",
                        for entry in section.entries {
                            li { key: "{entry.href}",
                                a { href: "{entry.href}", "{entry.label}" }
                            }
                        }
                    }
                }
            }
        }
        p {
            a { href: "/api/docs/", "data-reload": "", "API documentation" }
        }
    }
}
