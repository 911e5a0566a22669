//! What happened to a row: who changed which field, when, from what to what.

mod entries;

use dioxus::prelude::*;

use self::entries::{Page, page};
use crate::ui::components::{Card, EmptyState, Skeleton, Timeline};
use crate::ui::page::{use_changes, use_load, use_location};
use crate::ui::shell::{ByReference, refusal};
use crate::ui::text::own::history;

/// The parameter that holds the entry below which a page begins.
const BEFORE: &str = "history";

/// What happened to a row, the latest first.
#[component]
pub(super) fn History(object: ByReference, id: i64) -> Element {
    let location = use_location();
    let before = location.read().parameter(BEFORE).and_then(|before| before.parse::<i64>().ok());
    let changes = use_changes(object.0);
    let load = use_load((id, before, changes), move |(id, before, _)| page(object.0, id, before));
    let older = |next: i64| location.read().with(&[(BEFORE, Some(&next.to_string()))]);
    let title = history::title();
    load.with(|answer| match answer {
        None => rsx! {
            Card { title,
                Skeleton { lines: 3 }
            }
        },
        Some(Err(error)) => rsx! {
            Card { title, {refusal(error)} }
        },
        Some(Ok(Page { entries, .. })) if entries.is_empty() => rsx! {
            Card { title,
                EmptyState { title: history::nothing() }
            }
        },
        Some(Ok(Page { entries, next })) => rsx! {
            Card { title,
                Timeline { label: title, entries: entries.clone() }
                if before.is_some() {
                    a { href: location.read().with(&[(BEFORE, None)]), {history::newest()} }
                }
                if let Some(next) = next {
                    a { href: older(*next), {history::older()} }
                }
            }
        },
    })
}
