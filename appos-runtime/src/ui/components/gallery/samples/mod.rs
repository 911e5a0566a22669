//! The files of the gallery: each shows a few components, and is shown itself.

#![allow(clippy::wildcard_imports, reason = "as in an app, where every component is in scope")]

mod banners;
mod buttons;
mod charts;
mod choices;
mod details;
mod fields;
mod files;
mod form;
mod icons;
mod json;
mod layout;
mod menus;
mod metrics;
mod modals;
mod palette;
mod states;
mod status;
mod table;
mod table_states;
mod tabs;
mod timeline;
mod ways;
mod wizard;

use dioxus::prelude::Element;

/// A part of the gallery.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) show: fn() -> Element,
    pub(super) source: &'static str,
}

// There is one of each, and what is shown depends on nothing else.
impl PartialEq for Sample {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

macro_rules! samples {
    ($($module:ident: $title:literal,)*) => {
        &[$(Sample {
            id: concat!("gallery-", stringify!($module)),
            title: $title,
            show: $module::show,
            source: include_str!(concat!(stringify!($module), ".rs")),
        }),*]
    };
}

pub(super) static SAMPLES: &[Sample] = samples! {
    buttons: "Buttons",
    menus: "Menus",
    status: "Badges, tags, people, progress",
    banners: "Banners",
    metrics: "Metrics",
    charts: "Charts",
    table: "Data table",
    table_states: "Data table: empty, loading, failed",
    form: "Form",
    fields: "Fields",
    choices: "Choices",
    files: "Files",
    layout: "Layout",
    details: "Details",
    tabs: "Tabs",
    ways: "Breadcrumbs and pages",
    wizard: "Wizard",
    timeline: "Timeline",
    states: "Empty, failed, loading",
    modals: "Modals and toasts",
    palette: "Search and palette",
    json: "JSON",
    icons: "Icons",
};
