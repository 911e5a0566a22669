//! What stands below a list: how many rows there are, and the other pages.

use dioxus::prelude::*;

use super::rows::Found;

/// Rows that a page can have.
const SIZES: [u64; 4] = [20, 50, 100, 200];

/// Number of rows, previous and next page, rows of a page.
pub(super) fn pager(found: &Found) -> Element {
    let asked = &found.asked;
    let rows = if found.count == 1 { "1 row".to_owned() } else { format!("{} rows", found.count) };
    let previous = found.previous.as_deref().map(|cursor| asked.with(&[("before", Some(cursor))]));
    let next = found.next.as_deref().map(|cursor| asked.with(&[("cursor", Some(cursor))]));
    let is_first = found.previous.is_none();
    rsx! {
        nav { class: "ao-pager", aria_label: "Pages",
            p { class: "ao-count", role: "status", "{rows}" }
            div { class: "ao-pages",
                if !is_first {
                    a { class: "ao-button", href: asked.with(&[]), "First" }
                }
                if let Some(previous) = previous {
                    a { class: "ao-button", rel: "prev", href: "{previous}", "Previous" }
                }
                if let Some(next) = next {
                    a { class: "ao-button", rel: "next", href: "{next}", "Next" }
                }
            }
            div { class: "ao-sizes",
                span { "Rows per page " }
                for size in SIZES {
                    a {
                        key: "{size}",
                        href: asked.with(&[("limit", Some(&size.to_string()))]),
                        aria_current: if size == found.limit { "true" },
                        "{size} "
                    }
                }
            }
        }
    }
}
