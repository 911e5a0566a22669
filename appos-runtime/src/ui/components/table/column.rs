//! The columns of a table.

use dioxus::prelude::*;

use super::super::icon::icon;
use crate::icon;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnKind {
    /// Texts.
    #[default]
    Text,
    /// Numbers: to the right, each digit as wide as the others.
    Number,
    /// Days and times.
    Date,
    /// States.
    Badge,
    /// Buttons and menus; its name is only said.
    Actions,
}

/// The order of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

/// A column of a [`DataTable`](super::DataTable).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableColumn {
    /// Its name.
    pub label: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// The address of the table sorted by it; none if it cannot be sorted by.
    pub sort: Option<String>,
    /// Hears that it is to be sorted by; for a table that is a part of a page whose address is of something else.
    pub on_sort: Option<EventHandler<()>>,
    /// The order it is sorted in, if it is.
    pub sorted: Option<SortDirection>,
    /// Less important: paler, and not shown where there is little room.
    pub secondary: bool,
}

impl TableColumn {
    /// A column of texts.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column of numbers.
    pub fn number(label: impl Into<String>) -> Self {
        Self { kind: ColumnKind::Number, ..Self::new(label) }
    }

    /// A column of days or times.
    pub fn date(label: impl Into<String>) -> Self {
        Self { kind: ColumnKind::Date, ..Self::new(label) }
    }

    /// A column of states.
    pub fn badge(label: impl Into<String>) -> Self {
        Self { kind: ColumnKind::Badge, ..Self::new(label) }
    }

    /// A column of buttons and menus.
    pub fn actions(label: impl Into<String>) -> Self {
        Self { kind: ColumnKind::Actions, ..Self::new(label) }
    }

    /// The same, sorted by at this address.
    #[must_use]
    pub fn sort(self, to: impl Into<String>) -> Self {
        Self { sort: Some(to.into()), ..self }
    }

    /// The same, sorted by when this is called.
    #[must_use]
    pub fn on_sort(self, handler: EventHandler<()>) -> Self {
        Self { on_sort: Some(handler), ..self }
    }

    /// The same, in this order now.
    #[must_use]
    pub fn sorted(self, direction: SortDirection) -> Self {
        Self { sorted: Some(direction), ..self }
    }

    /// The same, less important.
    #[must_use]
    pub fn secondary(self) -> Self {
        Self { secondary: true, ..self }
    }

    /// The class of its cells; it is the same text for each of them.
    pub(super) fn class(&self) -> &'static str {
        match (self.kind, self.secondary) {
            (ColumnKind::Text | ColumnKind::Badge, false) => "",
            (ColumnKind::Text | ColumnKind::Badge, true) => "ao-secondary",
            (ColumnKind::Number, false) => "ao-number",
            (ColumnKind::Number, true) => "ao-number ao-secondary",
            (ColumnKind::Date, false) => "ao-date",
            (ColumnKind::Date, true) => "ao-date ao-secondary",
            (ColumnKind::Actions, _) => "ao-actions",
        }
    }

    pub(crate) fn head(&self, key: usize) -> Element {
        let order = self.sorted.map(|sorted| match sorted {
            SortDirection::Ascending => ("ascending", icon!("arrow-up")),
            SortDirection::Descending => ("descending", icon!("arrow-down")),
        });
        let class = self.class();
        rsx! {
            th { key: "{key}", scope: "col", class, "aria-sort": order.map(|(order, _)| order),
                if self.kind == ColumnKind::Actions {
                    span { class: "ao-hidden", "{self.label}" }
                } else if let Some(to) = &self.sort {
                    a { class: "ao-sort", href: "{to}",
                        "{self.label}"
                        {icon(order.map_or(icon!("chevrons-up-down"), |(_, drawing)| drawing))}
                    }
                } else if let Some(handler) = self.on_sort {
                    button {
                        class: "ao-sort",
                        r#type: "button",
                        ..super::super::events::on_click(Some(EventHandler::new(move |_| handler.call(())))),
                        "{self.label}"
                        {icon(order.map_or(icon!("chevrons-up-down"), |(_, drawing)| drawing))}
                    }
                } else {
                    "{self.label}"
                }
            }
        }
    }
}
