//! The rows of a list: read as the API reads them, and kept as HTML.

use std::sync::Arc;

use super::address::Asked;
use super::columns::{self, Column};
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
    fn of(object: &ObjectDescriptor, rights: &Rights) -> Self {
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
    /// The rows as HTML, and how many they are.
    pub(super) rows: (Html, u64),
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
    let listing = record::list(object, logged, |readable| {
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
    let wanted: Vec<_> = columns.iter().filter_map(Column::expansion).collect();
    let beside = expand(&wanted, &listing.rows.iter().collect::<Vec<_>>()).await?;
    let readable = Readable::of(object, &rights);
    let may = May::of(object, &rights);
    let select = may.selects().then(|| asked.parameter("selected").is_some());
    let format = Format::current();
    let mut html = Markup::default();
    for row in &listing.rows {
        write_row(&mut html, object, &columns, (row, &beside), (&format, select));
    }
    let rows = (html.into_html(), u64::try_from(listing.rows.len()).unwrap_or(0));
    let fields = record_of(object).fields.iter().enumerate();
    let searches = fields.into_iter().any(|(place, field)| field.search && readable.can_read(place));
    let chips = super::filters::chips(&asked, &all, &rights).await?;
    let editor = super::filters::editor(&asked, &all, &rights).await?;
    let (previous, next) = (listing.previous, listing.next);
    let mut groups: Vec<String> = rights.groups().iter().filter(|group| *group != PUBLIC_ACCESS).cloned().collect();
    groups.sort();
    Ok(Found { asked, columns, all, rows, previous, next, count, limit, may, searches, chips, editor, views, groups })
}

/// Writes a row as HTML: a list has too many cells for a node each. The script tells rows that have changed
/// from those that have not by their ids.
fn write_row(
    html: &mut Markup,
    object: &'static ObjectDescriptor,
    columns: &[Column],
    (row, beside): (&Row, &[Expanded]),
    (format, select): (&Format, Option<bool>),
) {
    let id = row.system.id;
    html.own("<tr class=\"ao-row-link\" id=\"row-").number(id).own("\">");
    if let Some(selected) = select {
        html.own("<td class=\"ao-check\"><input class=\"ao-checkbox\" type=\"checkbox\" name=\"row\" form=\"bulk\" data-select");
        html.own(" value=\"").number(id).own(":").number(row.system.version).own("\" aria-label=\"");
        html.text(&lists::select_row(&name_of(object, row)));
        html.own(if selected { "\" checked></td>" } else { "\"></td>" });
    }
    for (place, column) in columns.iter().enumerate() {
        let shown = column.shown(format, row, beside);
        if place == 0 {
            // The first column leads to the row, whatever stands in it.
            let text = shown.into_text();
            let text = if text.trim().is_empty() { name_of(object, row) } else { text.into() };
            html.own("<th scope=\"row\"><a class=\"ao-row-to\" href=\"").text(&row_address(object, id)).own("\">");
            Shown::Text(text).write(html, LONGEST);
            html.own("</a></th>");
            continue;
        }
        html.own(if column.number { "<td class=\"ao-number\" data-label=\"" } else { "<td data-label=\"" });
        html.text(column.label).own("\">");
        shown.write(html, LONGEST);
        html.own("</td>");
    }
    html.own("</tr>");
}
