//! The command palette: to any screen, row or beginning by a few letters.

use dioxus::prelude::*;

use super::search::{Found, find};
use crate::ui::components::{CommandPalette, PaletteEntry, PaletteGroup};
use crate::ui::page::{use_load, use_visitor};

/// The palette, over every screen. What it finds is asked for once somebody writes into it.
#[component]
pub(super) fn Palette() -> Element {
    let visitor = use_visitor();
    let registry = visitor.engine.registry();
    let mut text = use_signal(|| None::<String>);
    let load = use_load(text.read().clone(), move |text| async move {
        match text {
            Some(text) => find(registry, &text).await,
            None => Ok(Vec::new()),
        }
    });
    let (groups, loading) = load.with(|answer| match answer {
        Some(Ok(found)) => (found.iter().map(group).collect(), false),
        Some(Err(_)) => (Vec::new(), false),
        None => (Vec::new(), true),
    });
    rsx! {
        CommandPalette {
            groups,
            loading,
            query: text.peek().clone().unwrap_or_default(),
            onsearch: move |wanted| text.set(Some(wanted)),
        }
    }
}

fn group(found: &Found) -> PaletteGroup {
    let entries = found.entries.iter().map(|entry| PaletteEntry {
        label: entry.label.clone(),
        to: entry.href.clone(),
        icon: Some(entry.icon),
        ..PaletteEntry::default()
    });
    PaletteGroup { label: found.label.clone(), entries: entries.collect() }
}
