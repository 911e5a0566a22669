//! `/processes/mine`: instances that the visitor has started, of all apps.

use dioxus::prelude::*;

use super::{Ways, address_of, page_of};
use crate::error::Result;
use crate::process::{Listed, Wanted};
use crate::ui::components::{
    ColumnKind, DataTable, EmptyState, LinkButton, PageHeader, Skeleton, TableCell, TableColumn, TableRow,
};
use crate::ui::page::{Location, use_load, use_location, use_title};
use crate::ui::processes::{current, words as told};
use crate::ui::shell::refusal;
use crate::ui::tasks::use_changes_of_processes;
use crate::ui::text::Format;
use crate::ui::text::own::{operations as words, processes};
use crate::value::DateTime;

struct Found {
    instances: Vec<Listed>,
    next: Option<String>,
    now: DateTime,
}

async fn read(after: Option<String>) -> Result<Found> {
    let (instances, next) = page_of(Wanted { own: true, ..Wanted::default() }, after).await?;
    Ok(Found { instances, next, now: current()?.now() })
}

/// What the visitor has started.
#[component]
pub(crate) fn MyProcesses() -> Element {
    use_title(words::mine());
    let location = use_location();
    let after = location.read().parameter("after");
    let load = use_load((after.clone(), use_changes_of_processes()), |(after, _)| read(after));
    rsx! {
        PageHeader { title: words::mine() }
        Ways { selected: "mine" }
        {load.with(|answer| match answer {
            None => rsx! {
                Skeleton { lines: 8 }
            },
            Some(Err(error)) => refusal(error),
            Some(Ok(found)) if found.instances.is_empty() => rsx! {
                EmptyState { title: words::none_mine(), description: words::none_mine_hint() }
            },
            Some(Ok(found)) => rsx! {
                {table(found)}
                {pages(&location.read(), found.next.as_deref(), after.is_some())}
            },
        })}
    }
}

fn table(found: &Found) -> Element {
    let format = Format::current();
    let columns = vec![
        TableColumn::new(processes::name()),
        TableColumn::badge(processes::state()),
        TableColumn::new(processes::process()).secondary(),
        TableColumn::new(processes::waits_for()),
        TableColumn { kind: ColumnKind::Date, ..TableColumn::new(processes::started()) },
    ];
    let rows = found.instances.iter().map(|instance| {
        let (state, tone) = told::state(&instance.state);
        let waits = match &instance.error {
            Some(error) => error.message.clone(),
            None => told::waits_for(instance, found.now),
        };
        let cells = vec![
            TableCell::text(&instance.name),
            TableCell::badge(state, tone),
            TableCell::text(told::object(&instance.process)),
            TableCell::text(waits),
            TableCell::text(instance.started_at.map(|at| format.relative(at, found.now)).unwrap_or_default()),
        ];
        TableRow::new(instance.id, instance.name.clone(), cells).to(address_of(&instance.process, instance.id))
    });
    rsx! {
        DataTable { label: words::mine(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

/// The ways to older instances, and back.
pub(super) fn pages(location: &Location, next: Option<&str>, is_later: bool) -> Element {
    rsx! {
        if is_later || next.is_some() {
            div { class: "ao-form-actions",
                if is_later {
                    LinkButton { to: location.with(&[("after", None)]), {processes::newest()} }
                }
                if let Some(next) = next {
                    LinkButton { to: location.with(&[("after", Some(next))]), {processes::older()} }
                }
            }
        }
    }
}
