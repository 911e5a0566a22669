//! The table of a list. It looks as the library's does, and keeps its rows as a text instead of a node
//! for each cell.

use dioxus::prelude::*;

use super::columns::Column;
use super::rows::Found;
use crate::registry::ObjectDescriptor;
use crate::ui::components::{SortDirection, TableColumn};
use crate::ui::shell::names;
use crate::ui::text::own::lists;

/// The rows.
pub(super) fn table(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let selects = found.may.selects();
    let label = names::plural(object);
    rsx! {
        div { class: "ao-table-frame",
            // It can be scrolled with the keyboard, so it can be reached with it.
            div { class: "ao-table-scroll", role: "region", aria_label: "{label}", tabindex: "0",
                table { class: "ao-table ao-table-cards",
                    caption { class: "ao-hidden", "{label}" }
                    thead {
                        tr {
                            if selects {
                                th { scope: "col", class: "ao-check",
                                    input {
                                        class: "ao-checkbox",
                                        r#type: "checkbox",
                                        aria_label: lists::select_all(),
                                        "data-select-all": "",
                                    }
                                }
                            }
                            for (place , column) in found.columns.iter().enumerate() {
                                {head(found, column).head(place)}
                            }
                        }
                    }
                    tbody { dangerous_inner_html: found.rows.0.clone() }
                }
            }
        }
    }
}

/// The head of a column, by which the rows are sorted.
fn head(found: &Found, column: &Column) -> TableColumn {
    let head = if column.number { TableColumn::number(column.label) } else { TableColumn::new(column.label) };
    if !column.stored {
        return head;
    }
    let sort = found.asked.parameter("sort").unwrap_or_default();
    let first = sort.split(',').next().unwrap_or_default();
    let (now, next) = match first.strip_prefix('-') {
        Some(name) if name == column.name => (Some(SortDirection::Descending), None),
        None if first == column.name => (Some(SortDirection::Ascending), Some(format!("-{}", column.name))),
        _ => (None, Some(column.name.to_owned())),
    };
    let head = head.sort(found.asked.with(&[("sort", next.as_deref())]));
    match now {
        Some(direction) => head.sorted(direction),
        None => head,
    }
}
