//! The table of a list.

use dioxus::prelude::*;

use super::columns::Column;
use super::rows::Found;
use crate::registry::ObjectDescriptor;
use crate::ui::shell::names;

/// The rows.
pub(super) fn table(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let selects = found.may.selects();
    rsx! {
        div { class: "ao-table-scroll", tabindex: "0", role: "region", aria_label: names::plural(object),
            table { class: "ao-table",
                thead {
                    tr {
                        if selects {
                            th { scope: "col", class: "ao-check",
                                span { class: "ao-hidden", "Select" }
                            }
                        }
                        for column in &found.columns {
                            {head(found, column)}
                        }
                    }
                }
                tbody {
                    // One text for each row: a node for each cell would be ten times as large.
                    for (id , cells) in &found.rows {
                        tr { key: "{id}", dangerous_inner_html: "{cells}" }
                    }
                }
            }
        }
    }
}

/// The head of a column, by which the rows are sorted.
fn head(found: &Found, column: &Column) -> Element {
    let sort = found.asked.parameter("sort").unwrap_or_default();
    let first = sort.split(',').next().unwrap_or_default();
    let (now, next) = match first.strip_prefix('-') {
        Some(name) if name == column.name => (Some("descending"), None),
        None if first == column.name => (Some("ascending"), Some(format!("-{}", column.name))),
        _ => (None, Some(column.name.to_owned())),
    };
    let mark = match now {
        Some("ascending") => " ▲",
        Some(_) => " ▼",
        None => "",
    };
    rsx! {
        th {
            key: "{column.name}",
            scope: "col",
            class: if column.number { "ao-num" },
            aria_sort: now,
            if column.stored {
                a { href: found.asked.with(&[("sort", next.as_deref())]), "{column.label}"
                    span { aria_hidden: "true", "{mark}" }
                }
            } else {
                "{column.label}"
            }
        }
    }
}
