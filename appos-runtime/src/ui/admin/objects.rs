//! `/admin/objects`: the objects of the platform. What is looked for stands in the address.

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
use crate::ui::text::own::{admin as words, lists, monitoring, processes};

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
                placeholder: monitoring::search(),
                "aria-label": monitoring::search(),
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
    let columns = vec![
        TableColumn::new(monitoring::object()),
        TableColumn::new(words::kind()),
        TableColumn::new(words::description()).secondary(),
    ];
    let rows = objects.iter().map(|object| {
        let cells = vec![
            TableCell::text(object.object),
            TableCell::text(object.kind.as_str()),
            TableCell::text(object.description),
        ];
        TableRow::new(object.object, object.object, cells).to(format!("{OBJECTS}/{}", object.object))
    });
    rsx! {
        DataTable { label: words::objects(), columns, rows: rows.collect::<Vec<_>>() }
    }
}
