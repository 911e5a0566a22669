//! What stands below a list: how many rows there are, and the other pages.

use dioxus::prelude::*;

use super::rows::Found;
use crate::ui::components::Pagination;
use crate::ui::text::own::lists;

/// Rows that a page can have.
const SIZES: [u64; 4] = [20, 50, 100, 200];

/// Number of rows, previous and next page, rows of a page.
pub(super) fn pager(found: &Found) -> Element {
    let asked = &found.asked;
    let previous = found.previous.as_deref().map(|cursor| asked.with(&[("before", Some(cursor))]));
    let next = found.next.as_deref().map(|cursor| asked.with(&[("cursor", Some(cursor))]));
    let first = previous.as_ref().map(|_| asked.with(&[]));
    rsx! {
        Pagination { summary: lists::rows(found.count), previous, next, first,
            span { class: "ao-dim", {lists::rows_per_page()} }
            for size in SIZES {
                a {
                    key: "{size}",
                    href: asked.with(&[("limit", Some(&size.to_string()))]),
                    aria_current: if size == found.limit { "true" },
                    " {size}"
                }
            }
        }
    }
}
