//! What stands below a list: how many rows there are, and the other pages.

use dioxus::prelude::*;

use super::address::DENSITY;
use super::rows::Found;
use crate::state::{Ctx, Density};
use crate::ui::components::Pagination;
use crate::ui::text::own::{lists, settings};

/// Rows that a page can have.
const SIZES: [u64; 4] = [20, 50, 100, 200];

/// Number of rows, previous and next page, rows of a page.
pub(super) fn pager(found: &Found) -> Element {
    let asked = &found.asked;
    let own = Ctx::current().map(|ctx| ctx.preferences.density).unwrap_or_default();
    let now = asked.density().unwrap_or(own);
    let densities = [(Density::Normal, settings::density_normal()), (Density::Compact, settings::density_compact())];
    let previous = found.previous.as_deref().map(|cursor| asked.with(&[("before", Some(cursor))]));
    let next = found.next.as_deref().map(|cursor| asked.with(&[("cursor", Some(cursor))]));
    let first = previous.as_ref().map(|_| asked.with(&[]));
    rsx! {
        Pagination { summary: lists::rows(found.count), previous, next, first,
            span { class: "ao-pager-density",
                span { class: "ao-dim", {settings::density()} }
                for (density , label) in densities {
                    a {
                        key: "{label}",
                        href: asked.with(&[(DENSITY, Some(density.as_str()))]),
                        aria_current: if density == now { "true" },
                        " {label}"
                    }
                }
            }
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
