//! The cells of a table: data, so that a table of many rows stays small.

use std::rc::Rc;

use dioxus::prelude::*;

use super::super::icon::icon;
use super::super::tone::Tone;
use crate::icon;
use crate::ui::text::own::actions;

/// A cell of a [`DataTable`](super::DataTable).
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TableCell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, a number, a day: as it is to be read.
    Text(Rc<str>),
    /// A text that leads somewhere.
    Link(Rc<str>, Rc<str>),
    /// A state.
    Badge(Rc<str>, Tone),
    /// Yes or no.
    Flag(bool),
    /// There is something that the reader may not see.
    Hidden,
    /// Anything else.
    Element(Element),
}

impl TableCell {
    /// A text, a number, a day.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    /// A text that leads to an address.
    pub fn link(text: impl AsRef<str>, to: impl AsRef<str>) -> Self {
        Self::Link(text.as_ref().into(), to.as_ref().into())
    }

    /// A state and what it means.
    pub fn badge(label: impl AsRef<str>, tone: Tone) -> Self {
        Self::Badge(label.as_ref().into(), tone)
    }

    /// What stands in the cell, below the name of its column.
    pub(super) fn shown(&self, key: usize, class: &'static str, label: &str) -> Element {
        match self {
            Self::Empty => rsx! {
                td { key: "{key}", class, "data-label": label }
            },
            Self::Text(text) => rsx! {
                td { key: "{key}", class, "data-label": label, "{text}" }
            },
            Self::Link(text, to) => rsx! {
                td { key: "{key}", class, "data-label": label,
                    a { href: "{to}", "{text}" }
                }
            },
            Self::Badge(text, tone) => rsx! {
                td { key: "{key}", class, "data-label": label,
                    span { class: "ao-badge {tone.class()}", "{text}" }
                }
            },
            Self::Flag(yes) => rsx! {
                td { key: "{key}", class, "data-label": label,
                    span { class: if *yes { "ao-flag ao-good" } else { "ao-flag" },
                        {icon(if *yes { icon!("check") } else { icon!("minus") })}
                        span { class: "ao-hidden", if *yes { {actions::yes()} } else { {actions::no()} } }
                    }
                }
            },
            Self::Hidden => rsx! {
                td { key: "{key}", class, "data-label": label,
                    span { class: "ao-dim", "aria-hidden": "true", "•••" }
                    span { class: "ao-hidden", "hidden" }
                }
            },
            Self::Element(element) => rsx! {
                td { key: "{key}", class, "data-label": label, {element.clone()} }
            },
        }
    }
}

impl From<&str> for TableCell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for TableCell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}
