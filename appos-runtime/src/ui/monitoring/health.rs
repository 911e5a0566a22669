//! `/admin/health`: whether the program that answers has what it needs, and why not.

use dioxus::prelude::*;

use crate::error::Result;
use crate::monitoring::{Health, State, Status, health};
use crate::ui::admin::Ways;
use crate::ui::components::{Banner, Column, DataTable, PageHeader, Skeleton, TableCell, TableColumn, TableRow, Tone};
use crate::ui::page::{use_load, use_ticks, use_title};
use crate::ui::processes::current;
use crate::ui::processes::operations::EVERY;
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::monitoring as words;
use crate::value::DateTime;

async fn read() -> Result<(Health, DateTime)> {
    Ok((health().await?, current()?.now()))
}

/// How the program is.
#[component]
pub(crate) fn HealthScreen() -> Element {
    use_title(words::health());
    let load = use_load(use_ticks(EVERY), |_| read());
    rsx! {
        PageHeader { title: words::health(), description: words::health_hint() }
        Ways { selected: "health" }
        {load.with(|answer| match answer {
            None => rsx! {
                Skeleton { lines: 8 }
            },
            Some(Err(error)) => refusal(error),
            Some(Ok((health, now))) => rsx! {
                Column {
                    {summary(health, *now)}
                    {table(health)}
                }
            },
        })}
    }
}

fn summary(health: &Health, now: DateTime) -> Element {
    let (title, tone) = match health.status {
        Status::Ready => (words::is_ready(), Tone::Good),
        Status::Degraded => (words::is_degraded(), Tone::Warning),
        Status::NotReady => (words::is_not_ready(), Tone::Bad),
        Status::Stopping => (words::is_stopping(), Tone::Warning),
    };
    let format = Format::current();
    let (checked, started) = (format.relative(health.checked_at, now), format.relative(health.started_at, now));
    rsx! {
        Banner { tone, title, {words::found(&checked, &started, health.role)} }
    }
}

fn table(health: &Health) -> Element {
    let columns = vec![
        TableColumn::new(words::need()),
        TableColumn::badge(words::state()),
        TableColumn::number(words::answered_in()).secondary(),
        TableColumn::new(words::what_is_wrong()),
    ];
    let format = Format::current();
    let rows = health.checks.iter().map(|check| {
        let (label, tone) = match check.state {
            State::Ok => (words::ok(), Tone::Good),
            State::Degraded => (words::degraded(), Tone::Warning),
            State::Failed => (words::failed(), Tone::Bad),
        };
        let name = match check.name {
            "database" => words::database(),
            "migrations" => words::migrations(),
            "files" => words::files(),
            "worker" => words::worker(),
            "security_log" => words::security_log(),
            "connected_systems" => words::connected_systems(),
            // A name like another.
            other => other,
        };
        let cells = vec![
            TableCell::text(name),
            TableCell::badge(label, tone),
            TableCell::text(format!("{} ms", super::count(&format, check.took_ms))),
            TableCell::text(check.detail.as_deref().unwrap_or_default()),
        ];
        TableRow::new(check.name, name, cells)
    });
    rsx! {
        DataTable { label: words::health(), columns, rows: rows.collect::<Vec<_>>() }
    }
}
