//! Search over everything: rows of all records that have fields to search, screens, and what can be
//! begun.

use dioxus::prelude::*;
use futures_util::future::join_all;

use super::names;
use super::navigation::{Entry, Section, sections, viewable};
use super::refusal::refusal;
use crate::error::{AppOsError, Result};
use crate::icon;
use crate::journal::LoggedArguments;
use crate::model::{Row, record_of};
use crate::question::{Asking, Parameters};
use crate::record::{self, Readable};
use crate::registry::{ObjectDescriptor, Registry};
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::ui::components::{Card, EmptyState, Icon, PageHeader};
use crate::ui::page::{use_load, use_location, use_title, use_visitor};
use crate::ui::text::own;
use crate::value::Value;

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) label: String,
    pub(crate) entries: Vec<Entry>,
    /// Where all that fits is listed, if there may be more.
    pub(crate) more: Option<String>,
}

/// Most rows of each record.
const ROWS: u64 = 5;

/// Longest text that is searched for, in characters.
const LONGEST: usize = 200;

/// What a text stands for: screens and beginnings by their names, rows by the fields that are searched.
///
/// # Errors
/// The user's rights cannot be read.
pub(crate) async fn find(registry: &'static Registry, text: &str) -> Result<Vec<Found>> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let mut all = by_name(registry, &rights, &text).await?;
    if text.is_empty() {
        return Ok(all);
    }
    let records = viewable(registry, &rights);
    let searched = records.iter().map(|object| rows(object, &rights, &text));
    // A record that cannot be searched now hides nothing of the others.
    all.extend(join_all(searched).await.into_iter().flatten().filter(|found| !found.entries.is_empty()));
    Ok(all)
}

/// Screens, and what can be begun.
async fn by_name(registry: &'static Registry, rights: &Rights, text: &str) -> Result<Vec<Found>> {
    let wanted = text.to_lowercase();
    let fits = |entry: &Entry| wanted.is_empty() || entry.label.to_lowercase().contains(&wanted);
    let sections = sections(registry).await?;
    let screens: Vec<Entry> = sections.iter().flat_map(Section::entries).filter(|entry| fits(entry)).cloned().collect();
    let begun = viewable(registry, rights).into_iter().filter(|object| rights.allows(object, Permission::Create));
    let begun = begun.map(|object| Entry {
        label: own::actions::create_one(&names::within(&names::singular(object))),
        href: format!("{}/new", names::address(object)),
        icon: icon!("plus"),
        badge: None,
    });
    let begun: Vec<Entry> = begun.filter(|entry| fits(entry)).collect();
    let group = |label: &str, entries: Vec<Entry>| Found { label: label.to_owned(), entries, more: None };
    Ok([group(own::shell::go_to(), screens), group(own::actions::create(), begun)]
        .into_iter()
        .filter(|found| !found.entries.is_empty())
        .collect())
}

async fn rows(object: &'static ObjectDescriptor, rights: &Rights, text: &str) -> Option<Found> {
    let readable = Readable::of(object, rights);
    let searches =
        record_of(object).fields.iter().enumerate().any(|(place, field)| field.search && readable.can_read(place));
    if !searches {
        return None;
    }
    let query = crate::ui::page::address("", [("q", text)].into_iter());
    let parameters = Parameters::read(query.trim_start_matches('?')).ok()?;
    let logged = LoggedArguments::begin().redacted("q").finish();
    let listed = record::list(object, logged, |readable| {
        let mut selection = Asking { object, readable, rights }.list(&parameters)?.selection;
        selection.limit = Some(ROWS);
        Ok(selection)
    });
    let listing = listed.await.ok()?;
    let address = names::address(object);
    let entries = listing.rows.iter().map(|row| Entry {
        label: label(object, row),
        href: format!("{address}/{}", row.system.id),
        icon: icon!("file-text"),
        badge: None,
    });
    Some(Found {
        label: names::plural(object),
        entries: entries.collect(),
        more: listing.next.map(|_| format!("{address}{query}")),
    })
}

/// What stands for a row.
fn label(object: &'static ObjectDescriptor, row: &Row) -> String {
    let display = record_of(object).display.and_then(|place| row.values.get(place));
    match display {
        Some(Value::Text(text)) => text.clone(),
        _ => format!("{} {}", names::singular(object), row.system.id),
    }
}

/// `/search?q=`: everything that a text stands for.
#[component]
pub(super) fn Search() -> Element {
    let location = use_location();
    let visitor = use_visitor();
    let registry = visitor.engine.registry();
    let text = location.read().parameter("q").unwrap_or_default();
    use_title(own::actions::search());
    let load = use_load(text.clone(), move |text| async move { find(registry, &text).await });
    let results = load.with(|answer| match answer {
        None => rsx! {
            p { role: "status", {own::states::loading()} }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(found)) if found.is_empty() => rsx! {
            EmptyState { title: own::shell::nothing_found() }
        },
        Some(Ok(found)) => rsx! {
            for (place , group) in found.iter().enumerate() {
                Card { key: "{place}", title: group.label.clone(),
                    ul { class: "ao-links",
                        for entry in &group.entries {
                            li { key: "{entry.href}",
                                a { href: "{entry.href}",
                                    Icon { name: entry.icon }
                                    "{entry.label}"
                                }
                            }
                        }
                    }
                    if let Some(more) = &group.more {
                        p {
                            a { href: "{more}", {own::shell::all_that_fit()} }
                        }
                    }
                }
            }
        },
    });
    rsx! {
        PageHeader { title: own::actions::search() }
        form { method: "get", action: "/search", role: "search", class: "ao-search-page",
            label { r#for: "q", {own::actions::search()} }
            input { id: "q", class: "ao-input", name: "q", r#type: "search", value: "{text}", maxlength: "200", autofocus: text.is_empty() }
            button { r#type: "submit", class: "ao-button", {own::actions::search()} }
        }
        {results}
    }
}
