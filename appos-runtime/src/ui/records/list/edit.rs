//! Which cells of a list can be edited where they stand, and the row of which one is.

use dioxus::prelude::*;

use super::address::{Asked, EDIT};
use super::columns::Column;
use super::rows::May;
use crate::error::{AppOsError, Result};
use crate::model::Row;
use crate::record;
use crate::registry::ObjectDescriptor;
use crate::security::Rights;
use crate::ui::markup::Html;
use crate::ui::records::form::{CellForm, CellPlace, writable};
use crate::ui::shell::ByReference;

/// By column: the name of the field that may be written in its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cells(Vec<Option<&'static str>>);

impl Cells {
    /// The cells that this reader may write into.
    pub(super) fn of(
        object: &'static ObjectDescriptor,
        (columns, asked): (&[Column], &Asked),
        (rights, may): (&Rights, May),
    ) -> Self {
        // What was deleted is brought back first.
        if !may.update || asked.parameter("deleted").is_some_and(|deleted| deleted == "true") {
            return Self::default();
        }
        let writable = writable(object, rights);
        let name = |column: &Column| column.descriptor().map(|field| field.name);
        Self(columns.iter().map(|column| name(column).filter(|name| writable.contains(name))).collect())
    }

    /// The field in this column.
    pub(super) fn at(&self, column: usize) -> Option<&'static str> {
        self.0.get(column).copied().flatten()
    }

    /// True if there is anything to edit.
    pub(super) fn any(&self) -> bool {
        self.0.iter().any(Option::is_some)
    }

    /// The names as the script reads them: one for each column, between commas.
    pub(super) fn names(&self) -> String {
        self.0.iter().map(|name| name.unwrap_or_default()).collect::<Vec<_>>().join(",")
    }

    /// The cell before and after one, from row to row.
    fn beside(&self, ids: &[i64], (row, column): (usize, usize)) -> (Option<String>, Option<String>) {
        let all: Vec<(usize, &str)> =
            self.0.iter().enumerate().filter_map(|(place, name)| Some((place, (*name)?))).collect();
        let cell = |row: usize, name: &str| ids.get(row).map(|id| format!("{id}.{name}"));
        let earlier = all.iter().rfind(|(place, _)| *place < column);
        let later = all.iter().find(|(place, _)| *place > column);
        let previous = match earlier {
            Some((_, name)) => cell(row, name),
            None => row.checked_sub(1).and_then(|row| cell(row, all.last()?.1)),
        };
        let next = match later {
            Some((_, name)) => cell(row, name),
            None => all.first().and_then(|(_, name)| cell(row + 1, name)),
        };
        (previous, next)
    }
}

/// The cell that is edited in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Editing {
    pub(super) id: i64,
    pub(super) column: usize,
    field: &'static str,
    /// Place of its row among those that are shown.
    pub(super) row: usize,
    place: CellPlace,
}

/// A list whose cell is asked for, and whether its row is there.
pub(super) enum Wanted {
    Nothing,
    Cell(Editing),
    /// The row is there no longer, or the cell is not for this reader.
    Gone,
}

/// The cell that the address names. Its row is shown while it is edited, whether or not it still fits.
///
/// # Errors
/// Nobody can tell now.
pub(super) async fn wanted(
    object: &'static ObjectDescriptor,
    (asked, cells): (&Asked, &Cells),
    rows: &mut Vec<Row>,
) -> Result<Wanted> {
    let Some(named) = asked.parameter(EDIT) else { return Ok(Wanted::Nothing) };
    let parts = named.split_once('.').and_then(|(id, name)| Some((id.parse::<i64>().ok()?, name)));
    let found = parts.and_then(|(id, name)| {
        let column = cells.0.iter().position(|own| *own == Some(name))?;
        Some((id, column, cells.at(column)?))
    });
    let Some((id, column, field)) = found else { return Ok(Wanted::Gone) };
    let row = match rows.iter().position(|row| row.system.id == id) {
        Some(row) => row,
        None => match record::get(object, id).await {
            Ok(row) => {
                rows.insert(0, row);
                0
            }
            Err(error) if is_gone(&error) => return Ok(Wanted::Gone),
            Err(error) => return Err(error),
        },
    };
    let ids: Vec<i64> = rows.iter().map(|row| row.system.id).collect();
    let (previous, next) = cells.beside(&ids, (row, column));
    let place = CellPlace {
        here: asked.editing(Some(&named)),
        list: asked.editing(None),
        previous: previous.map(|cell| asked.editing(Some(&cell))),
        next: next.map(|cell| asked.editing(Some(&cell))),
    };
    Ok(Wanted::Cell(Editing { id, column, field, row, place }))
}

fn is_gone(error: &AppOsError) -> bool {
    error.code() == "record_not_found"
}

/// The row of which a cell is edited: all other cells as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EditedRow {
    pub(super) editing: Editing,
    /// The box by which it is ticked, if rows have one.
    pub(super) tick: Option<Html>,
    pub(super) cells: Vec<EditedCell>,
}

/// A cell of that row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EditedCell {
    pub(super) label: &'static str,
    pub(super) number: bool,
    pub(super) html: Html,
}

/// The row as it is shown.
pub(super) fn shown(object: &'static ObjectDescriptor, row: &EditedRow) -> Element {
    let Editing { id, column, field, place, .. } = &row.editing;
    let last = row.cells.len().saturating_sub(1);
    let cells = row.cells.iter().enumerate().map(|(at, cell)| {
        let key = format!("{id} {at}");
        if at == *column {
            let form = rsx! {
                // What stood here keeps its room.
                div { class: "ao-cell-under", dangerous_inner_html: "{cell.html}" }
                CellForm { object: ByReference(object), id: *id, field: *field, place: place.clone() }
            };
            return if at == 0 {
                rsx! {
                    th { key: "{key} form", scope: "row", class: "ao-cell-edited", {form} }
                }
            } else {
                rsx! {
                    td {
                        key: "{key} form",
                        // It has more room on the side of the other cells.
                        class: match (cell.number, at == last) {
                            (true, _) => "ao-number ao-cell-edited ao-cell-end",
                            (false, true) => "ao-cell-edited ao-cell-end",
                            (false, false) => "ao-cell-edited",
                        },
                        "data-label": cell.label,
                        {form}
                    }
                }
            };
        }
        if at == 0 {
            return rsx! {
                th { key: "{key}", scope: "row", dangerous_inner_html: "{cell.html}" }
            };
        }
        rsx! {
            td {
                key: "{key}",
                class: if cell.number { "ao-number" },
                "data-label": cell.label,
                dangerous_inner_html: "{cell.html}",
            }
        }
    });
    rsx! {
        tr { key: "{id}", class: "ao-row-edited", id: "row-{id}",
            if let Some(tick) = &row.tick {
                td { class: "ao-check", dangerous_inner_html: "{tick}" }
            }
            {cells}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cells;

    #[test]
    fn one_goes_from_cell_to_cell_and_from_row_to_row() {
        let cells = Cells(vec![None, Some("a"), None, Some("b")]);
        let at = |row, column| cells.beside(&[7, 9], (row, column));
        let is = |before: Option<&str>, after: Option<&str>| (before.map(str::to_owned), after.map(str::to_owned));
        assert_eq!(at(0, 1), is(None, Some("7.b")));
        assert_eq!(at(0, 3), is(Some("7.a"), Some("9.a")));
        assert_eq!(at(1, 1), is(Some("7.b"), Some("9.b")));
        assert_eq!(at(1, 3), is(Some("9.a"), None));
    }
}
