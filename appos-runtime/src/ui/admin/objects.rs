//! `/admin/objects`: the objects of the platform, with how often and how fast each is called. What is looked for stands
//! in the address.

use dioxus::prelude::*;

use super::{OBJECTS, Ways, select};
use crate::error::Result;
use crate::platform::console::{ObjectRow, list_objects};
use crate::registry::ObjectKind;
use crate::ui::components::{
    Choice, DataTable, EmptyState, PageHeader, Pagination, Skeleton, TableCell, TableColumn, TableRow,
};
use crate::ui::page::{Location, use_load, use_location, use_title, use_visitor};
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::{admin as words, lists, processes};

/// Objects of a page.
const MANY: usize = 50;
/// Longest text that is searched for, in characters.
const LONGEST: usize = 200;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    pub(super) app: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) search: Option<String>,
    /// Which page, from 0.
    pub(super) page: usize,
}

impl Asked {
    pub(super) fn of(location: &Location) -> Self {
        let given = |name| location.parameter(name).filter(|value: &String| !value.trim().is_empty());
        Self {
            app: given("app"),
            // What is no kind is not asked for.
            kind: given("kind").filter(|kind| ObjectKind::ALL.iter().any(|known| known.as_str() == kind)),
            search: given("q").map(|text| text.trim().chars().take(LONGEST).collect()),
            page: given("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).saturating_sub(1),
        }
    }

    fn filters(&self) -> bool {
        self.app.is_some() || self.kind.is_some() || self.search.is_some()
    }
}

async fn read(asked: Asked) -> Result<Vec<ObjectRow>> {
    list_objects(asked.app, asked.kind, asked.search).await
}

/// The objects.
#[component]
pub(super) fn ObjectList() -> Element {
    use_title(words::objects());
    let location = use_location();
    let load = use_load(Asked::of(&location.read()), read);
    let asked = Asked::of(&location.read());
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 12 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(found)) => rsx! {
            PageHeader { title: words::objects(), description: words::objects_hint() }
            Ways { selected: "objects" }
            Filters { asked: asked.clone() }
            if found.is_empty() {
                EmptyState { title: lists::none_found() }
            } else {
                {table(&found[page(found.len(), &asked)])}
                {pages(&location.read(), found.len(), &asked)}
            }
        },
    })
}

/// The choices of apps.
pub(super) fn apps() -> Vec<Choice> {
    let visitor = use_visitor();
    visitor.engine.registry().apps().iter().map(|app| Choice::new(app.name, app.name)).collect()
}

#[component]
fn Filters(asked: Asked) -> Element {
    let apps = apps();
    let kinds: Vec<Choice> = ObjectKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.as_str())).collect();
    rsx! {
        form { class: "ao-process-filters", method: "get", action: OBJECTS, role: "search",
            input {
                class: "ao-input",
                r#type: "search",
                name: "q",
                maxlength: "200",
                value: asked.search.clone().unwrap_or_default(),
                placeholder: words::search(),
                "aria-label": words::search(),
            }
            {select("app", words::app(), words::any_app(), &apps, asked.app.as_deref().unwrap_or_default())}
            {select("kind", words::kind(), words::any_kind(), &kinds, asked.kind.as_deref().unwrap_or_default())}
            button { r#type: "submit", class: "ao-button", {processes::show()} }
            if asked.filters() {
                a { class: "ao-button ao-button-quiet", href: OBJECTS, {lists::clear_filters()} }
            }
        }
    }
}

/// Which of so many are on the page.
pub(super) fn page(all: usize, asked: &Asked) -> std::ops::Range<usize> {
    let first = asked.page.saturating_mul(MANY);
    // A page beyond the last one is the last one.
    let first = if first < all { first } else { all.saturating_sub(1) / MANY * MANY };
    first..all.min(first + MANY)
}

/// To the pages before and after.
pub(super) fn pages(location: &Location, all: usize, asked: &Asked) -> Element {
    let shown = page(all, asked);
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let to = |page: usize| location.with(&[("page", Some(&page.to_string()))]);
    let here = shown.start / MANY + 1;
    rsx! {
        if all > MANY {
            Pagination {
                summary: words::range(number(shown.start + 1), number(shown.end), number(all)),
                previous: (here > 1).then(|| to(here - 1)),
                next: (shown.end < all).then(|| to(here + 1)),
            }
        }
    }
}

fn table(objects: &[ObjectRow]) -> Element {
    let format = Format::current();
    let columns = vec![
        TableColumn::new(words::object()),
        TableColumn::new(words::kind()),
        TableColumn::number(words::calls()),
        TableColumn::number(words::errors()),
        TableColumn::number(words::refused()).secondary(),
        TableColumn::number(words::median()).secondary(),
        TableColumn::number(words::slowest()),
    ];
    let number = |number: u64| format.integer(i64::try_from(number).unwrap_or(i64::MAX));
    let rows = objects.iter().map(|object| {
        let metrics = &object.metrics;
        let time = |ns: u64| if metrics.calls == 0 { String::new() } else { milliseconds(&format, ns) };
        let cells = vec![
            TableCell::text(object.object),
            TableCell::text(object.kind.as_str()),
            TableCell::text(number(metrics.calls)),
            TableCell::text(number(metrics.errors)),
            TableCell::text(number(metrics.denied)),
            TableCell::text(time(metrics.latency.p50_ns)),
            TableCell::text(time(metrics.latency.p99_ns)),
        ];
        TableRow::new(object.object, object.object, cells).to(format!("{OBJECTS}/{}", object.object))
    });
    rsx! {
        DataTable { label: words::objects(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

/// A duration, in milliseconds with three digits that count.
pub(super) fn milliseconds(format: &Format, ns: u64) -> String {
    let micros = i64::try_from(ns / 1000).unwrap_or(i64::MAX);
    // Quantiles are upper edges: more digits would say more than is known.
    let digits = if micros < 10_000 { 2 } else { 0 };
    let number = crate::value::Decimal::new(micros, 3).round_dp(digits);
    words::milliseconds(&format.decimal(number.normalize()))
}
