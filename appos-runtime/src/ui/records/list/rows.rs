//! The rows of a list: read as the API reads them, and kept as HTML.

use std::sync::Arc;

use super::address::Asked;
use super::columns::{self, Column};
use super::edit::{self, Cells, EditedCell, EditedRow, Wanted};
use super::filters::{Chip, Editor};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{Row, record_of};
use crate::platform::saved_views::{SavedView, saved_views};
use crate::question::Asking;
use crate::record::{self, Expanded, Readable, expand};
use crate::registry::ObjectDescriptor;
use crate::security::{PUBLIC_ACCESS, Permission, Rights};
use crate::state::Ctx;
use crate::ui::markup::{Html, Markup};
use crate::ui::pieces::Stills;
use crate::ui::records::address::row as row_address;
use crate::ui::records::value::{Shown, name_of};
use crate::ui::text::Format;
use crate::ui::text::own::lists;

/// Rows of a page when none are asked for.
pub(super) const ROWS: u64 = 50;
/// Longest text of a cell, in characters.
const LONGEST: usize = 80;

/// What the visitor may do with the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct May {
    pub(super) create: bool,
    pub(super) update: bool,
    pub(super) delete: bool,
}

impl May {
    fn of(object: &'static ObjectDescriptor, rights: &Rights) -> Self {
        let may = |permission| rights.allows(object, permission);
        Self { create: may(Permission::Create), update: may(Permission::Update), delete: may(Permission::Delete) }
    }

    /// True if there is something to select rows for.
    pub(super) fn selects(self) -> bool {
        self.update || self.delete
    }
}

/// A list as it is shown.
pub(super) struct Found {
    pub(super) asked: Asked,
    pub(super) columns: Vec<Column>,
    /// Every column that could be shown.
    pub(super) all: Vec<Column>,
    pub(super) rows: Rows,
    /// The cells that can be edited where they stand.
    pub(super) cells: Cells,
    /// A cell was to be edited that is not there.
    pub(super) gone: bool,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    /// Number of all rows that fit.
    pub(super) count: u64,
    pub(super) limit: u64,
    pub(super) may: May,
    /// True if texts can be searched for.
    pub(super) searches: bool,
    pub(super) chips: Vec<Chip>,
    pub(super) editor: Option<Editor>,
    pub(super) views: Vec<SavedView>,
    /// Groups with which the visitor can share a view.
    pub(super) groups: Vec<String>,
}

/// The rows of a page as HTML; where a cell of one is edited, those before and after that one.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) before: Html,
    pub(super) edited: Option<EditedRow>,
    pub(super) after: Html,
    /// How many they are.
    pub(super) number: u64,
}

/// Reads a list.
///
/// # Errors
/// The visitor may not view the record, or the address asks for what is not there.
pub(super) async fn read(object: &'static ObjectDescriptor, asked: Asked) -> Result<Found> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights: Arc<Rights> = ctx.scope().fresh_rights().await?;
    // A list without a question begins with the view that its visitor has chosen for that.
    let views = if rights.allows(object, Permission::View) {
        saved_views(object.reference.to_owned()).await?
    } else {
        Vec::new()
    };
    let asked = asked.or_default(&views);
    let logged = LoggedArguments::begin().argument("query", &asked.location.query).finish();
    let mut read = None;
    let mut listing = record::list(object, logged, |readable| {
        let wanted = Asking { object, readable, rights: &rights }.list(&asked.question()?)?;
        let all = columns::all(object, readable);
        let columns = columns::chosen(object, &all, asked.parameter("columns").as_deref())?;
        let mut selection = wanted.selection;
        if asked.parameter("limit").is_none() {
            selection.limit = Some(ROWS);
        }
        if let Some(before) = asked.parameter("before") {
            selection.cursor = Some(before);
            selection.back = true;
        }
        read = Some((selection.clone(), all, columns));
        Ok(selection)
    })
    .await?;
    let Some((selection, all, columns)) = read else {
        return Err(AppOsError::execution("a list was read without its question"));
    };
    let limit = selection.limit.unwrap_or(ROWS);
    let is_whole = listing.next.is_none() && selection.cursor.is_none();
    let count = if is_whole {
        u64::try_from(listing.rows.len()).unwrap_or(0)
    } else {
        record::count(object, LoggedArguments::none(), move |_| Ok(selection)).await?
    };
    let may = May::of(object, &rights);
    let cells = Cells::of(object, (&columns, &asked), (&rights, may));
    let wanted = edit::wanted(object, (&asked, &cells), &mut listing.rows).await?;
    let references: Vec<_> = columns.iter().filter_map(Column::expansion).collect();
    let beside = expand(&references, &listing.rows.iter().collect::<Vec<_>>()).await?;
    let readable = Readable::of(object, &rights);
    let select = may.selects().then(|| asked.parameter("selected").is_some());
    let gone = matches!(wanted, Wanted::Gone);
    let mut drawn = Stills::default();
    for (column, piece) in columns.iter().filter_map(|column| Some((column, column.piece(object)?))) {
        for value in listing.rows.iter().filter_map(|row| column.value(row)) {
            drawn.add(piece, value).await;
        }
    }
    let format = Format::current();
    let writer =
        Writer { object, columns: &columns, cells: &cells, beside: &beside, drawn: &drawn, format: &format, select };
    let rows = writer.rows(&listing.rows, wanted);
    let fields = record_of(object).fields.iter().enumerate();
    let searches = fields.into_iter().any(|(place, field)| field.search && readable.can_read(place));
    let chips = super::filters::chips(&asked, &all, &rights).await?;
    let editor = super::filters::editor(&asked, &all, &rights).await?;
    let (previous, next) = (listing.previous, listing.next);
    let mut groups: Vec<String> = rights.groups().iter().filter(|group| *group != PUBLIC_ACCESS).cloned().collect();
    groups.sort();
    Ok(Found {
        asked,
        columns,
        all,
        rows,
        cells,
        gone,
        previous,
        next,
        count,
        limit,
        may,
        searches,
        chips,
        editor,
        views,
        groups,
    })
}

/// Writes rows as HTML: a list has too many cells for a node each.
struct Writer<'a> {
    object: &'static ObjectDescriptor,
    columns: &'a [Column],
    cells: &'a Cells,
    beside: &'a [Expanded],
    /// What the app draws itself.
    drawn: &'a Stills,
    format: &'a Format,
    /// Whether rows have boxes, and these are ticked.
    select: Option<bool>,
}

impl Writer<'_> {
    fn rows(&self, rows: &[Row], wanted: Wanted) -> Rows {
        let number = u64::try_from(rows.len()).unwrap_or(0);
        let Wanted::Cell(editing) = wanted else {
            return Rows { before: self.all(rows), number, ..Rows::default() };
        };
        let (before, rest) = rows.split_at_checked(editing.row).unwrap_or((rows, &[]));
        let Some((row, after)) = rest.split_first() else {
            return Rows { before: self.all(rows), number, ..Rows::default() };
        };
        let html = |write: &dyn Fn(&mut Markup)| {
            let mut html = Markup::default();
            write(&mut html);
            html.into_html()
        };
        let cells = self.columns.iter().enumerate().map(|(place, column)| EditedCell {
            label: column.label,
            number: column.number,
            html: html(&|html| self.cell(html, row, (place, column))),
        });
        let edited = EditedRow {
            tick: self.select.map(|ticked| html(&|html| self.tick(html, row, ticked))),
            cells: cells.collect(),
            editing,
        };
        Rows { before: self.all(before), edited: Some(edited), after: self.all(after), number }
    }

    fn all(&self, rows: &[Row]) -> Html {
        let mut html = Markup::default();
        for row in rows {
            self.row(&mut html, row);
        }
        html.into_html()
    }

    /// A row. The script tells rows that have changed from those that have not by their ids.
    fn row(&self, html: &mut Markup, row: &Row) {
        html.own("<tr class=\"ao-row-link\" id=\"row-").number(row.system.id).own("\">");
        if let Some(ticked) = self.select {
            html.own("<td class=\"ao-check\">");
            self.tick(html, row, ticked);
            html.own("</td>");
        }
        for (place, column) in self.columns.iter().enumerate() {
            if place == 0 {
                html.own("<th scope=\"row\">");
                self.cell(html, row, (place, column));
                html.own("</th>");
                continue;
            }
            html.own(if column.number { "<td class=\"ao-number\"" } else { "<td" });
            // It can be edited where it stands: this is as short as it is because lists have many.
            html.own(if self.cells.at(place).is_some() { " data-e data-label=\"" } else { " data-label=\"" });
            html.text(column.label).own("\">");
            self.cell(html, row, (place, column));
            html.own("</td>");
        }
        html.own("</tr>");
    }

    /// The box by which a row is ticked.
    fn tick(&self, html: &mut Markup, row: &Row, ticked: bool) {
        html.own("<input class=\"ao-checkbox\" type=\"checkbox\" name=\"row\" form=\"bulk\" data-select value=\"");
        html.number(row.system.id).own(":").number(row.system.version).own("\" aria-label=\"");
        html.text(&lists::select_row(&name_of(self.object, row)));
        html.own(if ticked { "\" checked>" } else { "\">" });
    }

    /// What stands in a cell.
    fn cell(&self, html: &mut Markup, row: &Row, (place, column): (usize, &Column)) {
        let shown = column.shown(self.format, row, self.beside);
        let still = column.still(self.object, row, self.drawn);
        if place > 0 {
            match still {
                Some(still) => drop(html.drawn(still)),
                None => shown.write(html, LONGEST),
            }
            return;
        }
        // The first column leads to the row, whatever stands in it.
        let text = shown.into_text();
        let text = if text.trim().is_empty() { name_of(self.object, row) } else { text.into() };
        html.own("<a class=\"ao-row-to\" href=\"").text(&row_address(self.object, row.system.id)).own("\">");
        match still {
            // What has a link or a button of its own cannot stand in one.
            Some(still) if !still.contains("<a ") && !still.contains("<button") && !still.is_empty() => {
                html.drawn(still);
            }
            _ => Shown::Text(text).write(html, LONGEST),
        }
        html.own("</a>");
    }
}
