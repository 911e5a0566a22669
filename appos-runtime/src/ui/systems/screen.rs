//! The list of systems, with a form that tries each.

use dioxus::prelude::*;

use super::ADDRESS;
use super::secrets::secrets;
use crate::error::Result;
use crate::outside::{SystemState, list_systems};
use crate::platform::stored_secrets::{StoredSecret, list_secrets};
use crate::ui::components::{
    Banner, Button, ButtonVariant, DataTable, EmptyState, PageHeader, Skeleton, TableCell, TableColumn, TableRow, Tone,
};
use crate::ui::page::{Location, use_load, use_location, use_posted, use_ticks, use_title, use_visitor};
use crate::ui::processes::current;
use crate::ui::processes::operations::EVERY;
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::systems as words;
use crate::value::DateTime;

/// What the page shows.
pub(super) struct Seen {
    pub(super) systems: Vec<SystemState>,
    pub(super) secrets: Vec<StoredSecret>,
    pub(super) now: DateTime,
}

async fn read() -> Result<Seen> {
    let (systems, secrets) = (list_systems().await?, list_secrets().await?);
    Ok(Seen { systems, secrets, now: current()?.now() })
}

/// The systems outside.
#[component]
pub(crate) fn SystemsScreen() -> Element {
    use_title(words::title());
    let visitor = use_visitor();
    let posted = use_posted(ADDRESS);
    let location = use_location();
    let of = (use_ticks(EVERY), location.read().query.clone());
    let load = use_load(of, |_| read());
    let location = location.read();
    rsx! {
        PageHeader { title: words::title(), description: words::hint() }
        if let Some(posted) = posted {
            Banner { tone: Tone::Bad, title: words::not_done(), "{posted.wrong.message}" }
        }
        {load.with(|answer| match answer {
            None => rsx! {
                Skeleton { lines: 8 }
            },
            Some(Err(error)) => refusal(error),
            Some(Ok(seen)) => rsx! {
                {was_done(&location)}
                if seen.systems.is_empty() {
                    EmptyState { title: words::none() }
                } else {
                    {table(seen, &visitor.csrf_token)}
                }
                {secrets(seen, &visitor.csrf_token)}
            },
        })}
    }
}

/// What the last form has done.
fn was_done(location: &Location) -> Element {
    let named = |name: &str| location.parameter(name);
    let told = named("answers").map(|it| words::does_answer(&it));
    let told = told.or_else(|| named("set").map(|it| words::was_set(&it)));
    let told = told.or_else(|| named("forgotten").map(|it| words::was_forgotten(&it)));
    rsx! {
        if let Some(told) = told {
            Banner { tone: Tone::Good, title: told }
        }
    }
}

fn table(seen: &Seen, csrf_token: &str) -> Element {
    let columns = vec![
        TableColumn::new(words::system()),
        TableColumn::badge(words::state()),
        TableColumn::new(words::last_answer()),
        TableColumn::new(words::last_failure()),
        TableColumn::new(words::used_by()).secondary(),
        TableColumn::new(words::test()),
    ];
    let format = Format::current();
    let at = |moment: Option<DateTime>| moment.map(|at| format.relative(at, seen.now)).unwrap_or_default();
    let rows = seen.systems.iter().map(|system| {
        let (label, tone) = state(system);
        let failure = match (system.failed_at, &system.failure) {
            (Some(_), Some(code)) => format!("{} ({code})", at(system.failed_at)),
            _ => String::new(),
        };
        let cells = vec![
            TableCell::Element(rsx! {
                div {
                    strong { {name(system.system)} }
                    br {}
                    span { class: "ao-dim", "{system.kind} · {system.place}" }
                }
            }),
            TableCell::badge(label, tone),
            TableCell::text(at(system.answered_at)),
            TableCell::text(failure),
            TableCell::text(system.used_by.iter().copied().map(name).collect::<Vec<_>>().join(", ")),
            TableCell::Element(rsx! {
                form { method: "post", action: ADDRESS,
                    input { r#type: "hidden", name: "csrf_token", value: "{csrf_token}" }
                    input { r#type: "hidden", name: "system", value: "{system.system}" }
                    Button { small: true, submit: true, name: "do", value: "test", variant: ButtonVariant::Quiet,
                        {words::test()}
                    }
                }
            }),
        ];
        TableRow::new(system.system, name(system.system), cells)
    });
    rsx! {
        DataTable { label: words::title(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

/// `billing.payments` of `billing.connected_systems.payments`.
pub(super) fn name(reference: &str) -> String {
    let mut parts = reference.splitn(3, '.');
    match (parts.next(), parts.nth(1)) {
        (Some(app), Some(name)) => format!("{app}.{name}"),
        _ => reference.to_owned(),
    }
}

/// How a system is, as this program has found it.
fn state(system: &SystemState) -> (&'static str, Tone) {
    if system.breaker_open {
        (words::left_alone(), Tone::Bad)
    } else if !system.missing_secrets.is_empty() {
        (words::lacks_secrets(), Tone::Warning)
    } else if system.failed_at > system.answered_at {
        (words::fails(), Tone::Bad)
    } else if system.answered_at.is_some() {
        (words::answers(), Tone::Good)
    } else {
        (words::not_asked(), Tone::Neutral)
    }
}
