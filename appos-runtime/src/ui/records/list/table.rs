//! The table of a list. It looks as the library's does, and keeps its rows as a text instead of a node
//! for each cell.

use dioxus::prelude::*;

use super::edit;
use super::rows::Found;
use super::sort::head;
use crate::registry::ObjectDescriptor;
use crate::state::Density;
use crate::ui::components::end;
use crate::ui::shell::names;
use crate::ui::text::own::lists;

/// The rows.
pub(super) fn table(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let selects = found.may.selects();
    let label = names::plural(object);
    let edits = found.cells.any();
    rsx! {
        div { class: "ao-table-frame",
            if edits {
                p { class: "ao-hidden", id: "cells-help", {lists::cells_help()} }
            }
            // It can be scrolled with the keyboard, so it can be reached with it.
            div {
                class: "ao-table-scroll ao-at-once",
                role: "region",
                aria_label: "{label}",
                aria_describedby: edits.then_some("cells-help"),
                tabindex: "0",
                table {
                    class: match found.asked.density() {
                        Some(Density::Compact) => "ao-table ao-compact ao-table-cards",
                        Some(Density::Normal) => "ao-table ao-normal ao-table-cards",
                        None => "ao-table ao-table-cards",
                    },
                    "data-fields": edits.then(|| found.cells.names()),
                    "data-edits": edits.then(|| found.asked.editing(Some(""))),
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
                    tbody { dangerous_inner_html: found.rows.before.clone() }
                    // Those that are empty are there so that rows go from one to another as they are.
                    tbody {
                        if let Some(row) = &found.rows.edited {
                            {edit::shown(object, row)}
                        }
                    }
                    tbody { dangerous_inner_html: found.rows.after.clone() }
                }
                {end()}
            }
        }
    }
}
