//! The table as a whole.

use dioxus::prelude::*;

use super::super::layout::end;
use super::super::states::{EmptyState, ErrorState};
use super::cell::TableCell;
use super::column::TableColumn;
use crate::ui::text::own::{components as words, lists};

/// How high the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// As the user wants it for every table.
    #[default]
    Inherited,
    /// 36 pixels.
    Normal,
    /// 28 pixels.
    Compact,
}

/// A row of a [`DataTable`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// Tells it from the others; the value of its box to tick.
    pub key: String,
    /// What it is called, where only it can be told: "Select Ada".
    pub name: String,
    /// Where it leads: its first cell is the link, and all of it can be pressed.
    pub to: Option<String>,
    /// Its cells, in the order of the columns.
    pub cells: Vec<TableCell>,
    /// Its box is ticked.
    pub selected: bool,
}

impl TableRow {
    /// A row with a key, a name and cells.
    #[expect(clippy::needless_pass_by_value, reason = "keys are mostly numbers, given as they are")]
    pub fn new(key: impl ToString, name: impl Into<String>, cells: Vec<TableCell>) -> Self {
        Self { key: key.to_string(), name: name.into(), cells, ..Self::default() }
    }

    /// The same, leading to an address.
    #[must_use]
    pub fn to(self, to: impl Into<String>) -> Self {
        Self { to: Some(to.into()), ..self }
    }
}

/// Whether the rows are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TableState {
    /// They are.
    #[default]
    Ready,
    /// Not yet: so many are expected.
    Loading(usize),
    /// They could not be read: why.
    Failed(String),
}

/// A table of data. What it shows is decided by the address: columns sort by links, pages are links, rows
/// lead to their records. Where there is little room, each row becomes a card.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     DataTable {
///         label: "Customers",
///         columns: vec![
///             TableColumn::new("Name").sort("?sort=-name").sorted(SortDirection::Ascending),
///             TableColumn::number("Credit limit").sort("?sort=credit_limit"),
///         ],
///         rows: vec![TableRow::new(1, "Ada", vec!["Ada".into(), "5,000.00".into()]).to("/crm/customers/1")],
///     }
/// }
/// # }
/// ```
#[component]
pub fn DataTable(
    /// What the table is of.
    label: String,
    /// The columns.
    columns: Vec<TableColumn>,
    /// The rows.
    rows: Vec<TableRow>,
    /// Whether they are there.
    #[props(default)]
    state: TableState,
    /// The name under which the keys of ticked rows are sent; without one, rows have no boxes.
    select: Option<String>,
    /// The id of the form that sends them.
    form: Option<String>,
    /// How high the rows are.
    #[props(default)]
    density: Density,
    /// Keeps rows as rows where there is little room: then it scrolls sideways, and the first column stays.
    #[props(default)]
    scrolls: bool,
    /// What is there instead of no rows.
    empty: Option<Element>,
    /// Below it: the pages.
    footer: Option<Element>,
) -> Element {
    let class = match (density, scrolls) {
        (Density::Compact, false) => "ao-table ao-compact ao-table-cards",
        (Density::Compact, true) => "ao-table ao-compact",
        (Density::Normal, false) => "ao-table ao-normal ao-table-cards",
        (Density::Normal, true) => "ao-table ao-normal",
        (Density::Inherited, false) => "ao-table ao-table-cards",
        (Density::Inherited, true) => "ao-table",
    };
    let width = columns.len() + usize::from(select.is_some());
    let body = match &state {
        TableState::Ready if !rows.is_empty() => body(&columns, &rows, select.as_deref(), form.as_deref()),
        TableState::Ready => whole(width, empty.unwrap_or_else(|| rsx! { EmptyState { title: words::nothing_yet() } })),
        TableState::Loading(expected) => bones(width, *expected),
        TableState::Failed(why) => {
            whole(width, rsx! { ErrorState { title: words::rows_unreadable(), description: why.clone() } })
        }
    };
    let loading = matches!(state, TableState::Loading(_));
    rsx! {
        div { class: "ao-table-frame",
            // It can be scrolled with the keyboard, so it can be reached with it.
            div { class: "ao-table-scroll ao-at-once", role: "region", "aria-label": "{label}", tabindex: "0",
                table { class, "aria-busy": loading.then_some("true"),
                    caption { class: "ao-hidden", "{label}" }
                    thead {
                        tr {
                            if select.is_some() {
                                th { scope: "col", class: "ao-check",
                                    input {
                                        class: "ao-checkbox",
                                        r#type: "checkbox",
                                        "aria-label": words::select_all_rows(),
                                        "data-select-all": "",
                                    }
                                }
                            }
                            for (index , column) in columns.iter().enumerate() {
                                {column.head(index)}
                            }
                        }
                    }
                    tbody { {body} }
                }
                {end()}
            }
            if let Some(footer) = footer {
                div { class: "ao-table-foot", {footer} }
            }
        }
    }
}

fn body(columns: &[TableColumn], rows: &[TableRow], select: Option<&str>, form: Option<&str>) -> Element {
    rsx! {
        for row in rows {
            tr { key: "{row.key}", class: if row.to.is_some() { "ao-row-link" },
                if let Some(select) = select {
                    td { class: "ao-check",
                        input {
                            class: "ao-checkbox",
                            r#type: "checkbox",
                            name: select,
                            value: "{row.key}",
                            "form": form,
                            initial_checked: row.selected,
                            "aria-label": lists::select_row(&row.name),
                            "data-select": "",
                        }
                    }
                }
                for (index , column) in columns.iter().enumerate() {
                    {cell(row, index, column)}
                }
            }
        }
    }
}

/// The first cell of a row that leads somewhere is its link, which lies below all of the row.
fn cell(row: &TableRow, index: usize, column: &TableColumn) -> Element {
    let (class, label) = (column.class(), column.label.as_str());
    let cell = row.cells.get(index).unwrap_or(&TableCell::Empty);
    match (index, &row.to, cell) {
        (0, Some(to), TableCell::Text(text)) => rsx! {
            th { key: "{index}", scope: "row", class,
                a { class: "ao-row-to", href: "{to}", "{text}" }
            }
        },
        (0, Some(to), TableCell::Empty) => rsx! {
            th { key: "{index}", scope: "row", class,
                a { class: "ao-row-to", href: "{to}", "{row.name}" }
            }
        },
        _ => cell.shown(index, class, label),
    }
}

/// One cell over the whole width.
fn whole(width: usize, content: Element) -> Element {
    rsx! {
        tr { class: "ao-table-whole",
            td { colspan: i64::try_from(width).unwrap_or(1), {content} }
        }
    }
}

/// Rows that take the room of those to come.
fn bones(width: usize, expected: usize) -> Element {
    rsx! {
        for row in 0..expected.clamp(1, 50) {
            tr { key: "{row}", class: "ao-table-bones",
                for column in 0..width {
                    td { key: "{column}",
                        span { class: "ao-bone", "aria-hidden": "true" }
                        if row == 0 && column == 0 {
                            span { class: "ao-hidden", {words::loading()} }
                        }
                    }
                }
            }
        }
    }
}
