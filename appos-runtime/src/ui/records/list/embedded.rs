//! A table of a record's rows as a part of a screen of an app.

use dioxus::prelude::*;

use super::columns::{self, Column};
use crate::error::{AppOsError, Result};
use crate::icon;
use crate::journal::LoggedArguments;
use crate::model::{Direction, RecordRows, Sort};
use crate::record::{self, Expanded, Listing, Readable, expand};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::ui::components::{
    DataTable, EmptyState, IconButton, SortDirection, TableCell, TableColumn, TableRow, TableState, end,
};
use crate::ui::objects::{Loader, use_data, why};
use crate::ui::page::Changes;
use crate::ui::records::address;
use crate::ui::records::cell::cell;
use crate::ui::records::value::name_of;
use crate::ui::shell::names;
use crate::ui::text::Format;
use crate::ui::text::own::{components as words, lists};

/// Most rows at once.
const MOST: u64 = 200;

/// Where a table stands, while its rows are the same ones.
#[derive(Clone, Debug, Default, PartialEq)]
struct Standing {
    /// Begins after, or ends before.
    cursor: Option<(String, bool)>,
    sort: Option<Sort>,
}

/// What was read.
struct Found {
    object: &'static ObjectDescriptor,
    columns: Vec<Column>,
    listing: Listing,
    beside: Vec<Expanded>,
}

/// A table of a record's rows: what a query finds, with the columns that are chosen of it, a page at a time. It sorts
/// by a click on a column, each row leads to its own screen, and it is drawn anew when somebody changes a row.
///
/// Nothing is shown that the visitor may not see: rows are asked for as by everybody else, and columns that he may
/// not read are absent.
///
/// ```text
/// rsx! {
///     RecordTable { rows: records::Customer::query(), page_size: 10 }
///     RecordTable {
///         rows: records::Order::query().customer(id).columns(|order| (order.number, order.status, order.total)),
///         label: "Orders",
///     }
/// }
/// ```
#[component]
pub fn RecordTable(
    /// Which rows, and what of them: a query, with or without `columns`.
    #[props(into)]
    rows: RecordRows,
    /// Rows at once, at most 200. The `limit` of a query is another thing: no more rows than that are shown at all.
    #[props(default = 10)]
    page_size: u64,
    /// What the table is of; else the record's own name.
    label: Option<String>,
    /// What is there instead of no rows.
    empty: Option<Element>,
) -> Element {
    let object = rows.object;
    let changes = use_hook(try_consume_context::<Changes>);
    let wanted = use_memo(use_reactive((&rows, &page_size), |wanted| wanted));
    // Of other rows, another place is meant.
    let mut standing = use_signal(|| (None::<RecordRows>, Standing::default()));
    let now = use_memo(move || {
        let (of, standing) = standing();
        if of.as_ref() == Some(&wanted.read().0) { standing } else { Standing::default() }
    });
    let found = use_data(move || {
        if let Some(changes) = &changes {
            changes.listen(object);
        }
        let (rows, size) = wanted();
        read(rows, size.clamp(1, MOST), now())
    });
    let go = Callback::new(move |to: Standing| standing.set((Some(wanted.peek().0.clone()), to)));
    let label = label.unwrap_or_else(|| names::plural(object));
    table(object, label, found, empty, (now(), go))
}

async fn read(rows: RecordRows, size: u64, standing: Standing) -> Result<Found> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let RecordRows { object, mut selection, columns: names } = rows;
    let readable = Readable::of(object, &rights);
    let all = columns::all(object, &readable);
    let columns = if names.is_empty() {
        columns::chosen(object, &all, None)?
    } else {
        names.iter().filter_map(|name| all.iter().find(|column| column.name == *name).copied()).collect()
    };
    if let Some(sort) = standing.sort {
        selection.sorts = vec![sort];
    }
    let whole = selection.limit.filter(|most| *most <= size);
    selection.limit = Some(whole.unwrap_or(size));
    if let Some((cursor, back)) = standing.cursor {
        selection.cursor = Some(cursor);
        selection.back = back;
    }
    let mut listing = record::list(object, LoggedArguments::none(), move |_| Ok(selection)).await?;
    if whole.is_some() {
        (listing.next, listing.previous) = (None, None);
    }
    let wanted: Vec<_> = columns.iter().filter_map(Column::expansion).collect();
    let beside = expand(&wanted, &listing.rows.iter().collect::<Vec<_>>()).await?;
    Ok(Found { object, columns, listing, beside })
}

fn table(
    object: &'static ObjectDescriptor,
    label: String,
    found: Loader<Found>,
    empty: Option<Element>,
    (now, go): (Standing, Callback<Standing>),
) -> Element {
    found.with(|found| match found {
        None => rsx! {
            DataTable { label, columns: vec![TableColumn::new(names::plural(object))], rows: Vec::new(), state: TableState::Loading(3) }
        },
        Some(Err(error)) => rsx! {
            DataTable {
                label,
                columns: vec![TableColumn::new(names::plural(object))],
                rows: Vec::new(),
                state: TableState::Failed(why(error).to_owned()),
            }
        },
        Some(Ok(found)) => {
            let format = Format::current();
            let columns: Vec<TableColumn> =
                found.columns.iter().map(|column| head(column, &now, go)).collect();
            let rows: Vec<TableRow> = found.listing.rows.iter().map(|row| {
                let cells: Vec<TableCell> = found.columns.iter().enumerate().map(|(place, column)| {
                    let shown = column.shown(&format, row, &found.beside);
                    // The first leads to the row, whatever stands in it.
                    if place == 0 {
                        return TableCell::text(shown.into_text());
                    }
                    let own = column.own(object, row).map(TableCell::Element);
                    own.unwrap_or_else(|| cell(&shown))
                }).collect();
                TableRow::new(row.system.id, name_of(object, row), cells).to(address::row(object, row.system.id))
            }).collect();
            let empty = empty.unwrap_or_else(|| rsx! {
                EmptyState { title: lists::none_of(&names::within(&names::plural(object))) }
            });
            rsx! {
                DataTable { label, columns, rows, empty, footer: footer(found, &now, go) }
            }
        }
    })
}

/// The head of a column, by which it can be sorted.
fn head(column: &Column, now: &Standing, go: Callback<Standing>) -> TableColumn {
    let head = if column.number { TableColumn::number(column.label) } else { TableColumn::new(column.label) };
    let Some(place) = column.stored.then(|| column.reference()) else { return head };
    let direction = now.sort.filter(|sort| sort.column == place).map(|sort| sort.direction);
    let next = match direction {
        Some(Direction::Ascending) => Direction::Descending,
        Some(Direction::Descending) | None => Direction::Ascending,
    };
    let sort = Some(Sort { column: place, direction: next });
    let head = head.on_sort(EventHandler::new(move |()| go.call(Standing { cursor: None, sort })));
    match direction {
        Some(Direction::Ascending) => head.sorted(SortDirection::Ascending),
        Some(Direction::Descending) => head.sorted(SortDirection::Descending),
        None => head,
    }
}

/// The way to the other rows, if there are any; without script, to all of them.
fn footer(found: &Found, now: &Standing, go: Callback<Standing>) -> Option<Element> {
    let Listing { next, previous, .. } = &found.listing;
    if next.is_none() && previous.is_none() {
        return None;
    }
    let way = |cursor: &Option<String>, back: bool| {
        let to = cursor.clone().map(|cursor| Standing { cursor: Some((cursor, back)), sort: now.sort });
        (
            to.is_none(),
            EventHandler::new(move |_: MouseEvent| {
                if let Some(to) = to.clone() {
                    go.call(to);
                }
            }),
        )
    };
    let ((no_previous, to_previous), (no_next, to_next)) = (way(previous, true), way(next, false));
    Some(rsx! {
        div { class: "ao-pagination ao-at-once",
            a { href: address::list(found.object), {lists::show_all(&names::within(&names::plural(found.object)))} }
            div { class: "ao-pagination-links ao-script-only",
                IconButton { icon: icon!("chevron-left"), label: words::previous_page(), disabled: no_previous, onclick: to_previous }
                IconButton { icon: icon!("chevron-right"), label: words::next_page(), disabled: no_next, onclick: to_next }
            }
            {end()}
        }
    })
}
