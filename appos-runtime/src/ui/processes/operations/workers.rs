//! `/processes/workers`: the programs that run processes, and how many instances each is to run at the same time.

use dioxus::prelude::*;

use super::{EVERY, WORKERS, Ways};
use crate::error::Result;
use crate::process::{WorkerSeen, WorkersSeen, process_workers};
use crate::security::Permission;
use crate::ui::components::{
    Badge, Banner, Button, ButtonVariant, Card, EmptyState, PageHeader, Skeleton, TableCell, TableColumn, TableRow,
    Tone,
};
use crate::ui::components::{ColumnKind, DataTable};
use crate::ui::page::{use_load, use_posted, use_ticks, use_title, use_visitor};
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::operations as words;
use crate::value::DateTime;

struct Seen {
    workers: WorkersSeen,
    may_scale: bool,
    now: DateTime,
}

async fn read() -> Result<Seen> {
    let workers = process_workers().await?;
    let ctx = crate::ui::processes::current()?;
    let rights = ctx.scope().fresh_rights().await?;
    let rule = ctx.scope().engine.registry().find("platform.rules.process_scale");
    let may_scale = rule.is_some_and(|rule| rights.allows(rule, Permission::Use));
    Ok(Seen { workers, may_scale, now: ctx.now() })
}

/// Who runs processes.
#[component]
pub(crate) fn Workers() -> Element {
    use_title(words::workers());
    let visitor = use_visitor();
    let posted = use_posted(WORKERS);
    let load = use_load(use_ticks(EVERY), |_| read());
    rsx! {
        PageHeader { title: words::title() }
        Ways { selected: "workers" }
        if let Some(posted) = posted {
            Banner { tone: Tone::Bad, title: words::not_scaled(), "{posted.wrong.message}" }
        }
        {load.with(|answer| match answer {
            None => rsx! {
                Skeleton { lines: 8 }
            },
            Some(Err(error)) => refusal(error),
            Some(Ok(seen)) => rsx! {
                if seen.workers.workers.is_empty() {
                    EmptyState { title: words::no_workers(), description: words::no_workers_hint() }
                } else {
                    {table(seen, &visitor.csrf_token)}
                }
                if seen.may_scale {
                    Card { title: words::all_workers(), description: all_are(seen.workers.all),
                        {scaling("all", words::all_workers(), seen.workers.all, seen.workers.all.is_some(), &visitor.csrf_token)}
                    }
                }
            },
        })}
    }
}

fn all_are(all: Option<i64>) -> String {
    match all {
        Some(number) => words::all_run(&Format::current().integer(number)),
        None => words::as_settings_say().to_owned(),
    }
}

fn table(seen: &Seen, csrf_token: &str) -> Element {
    let format = Format::current();
    let mut columns = vec![
        TableColumn::new(words::worker()),
        TableColumn::badge(words::state()),
        TableColumn::new(words::runs_now()),
        TableColumn::new(words::program()).secondary(),
        TableColumn { kind: ColumnKind::Date, ..TableColumn::new(words::since()) },
        TableColumn { kind: ColumnKind::Date, ..TableColumn::new(words::last_sign()) },
    ];
    if seen.may_scale {
        columns.push(TableColumn::new(words::scale()));
    }
    let at = |moment: Option<DateTime>| moment.map(|at| format.relative(at, seen.now)).unwrap_or_default();
    let rows = seen.workers.workers.iter().map(|worker| {
        let (state, tone) = state(worker.state);
        let mut cells = vec![
            TableCell::Element(rsx! {
                div {
                    strong { "{worker.host}" }
                    br {}
                    span { class: "ao-dim", {words::pid(&worker.pid.to_string())} " · {worker.id}" }
                }
            }),
            TableCell::badge(state, tone),
            TableCell::Element(runs(worker)),
            TableCell::text(format!("{} {}", worker.role, worker.version).trim()),
            TableCell::text(at(worker.started_at)),
            TableCell::text(at(worker.beat_at)),
        ];
        if seen.may_scale {
            let differs = worker.concurrency != worker.configured;
            let shown = worker.wanted.or(Some(worker.concurrency));
            cells.push(if worker.state == "gone" {
                TableCell::Empty
            } else {
                TableCell::Element(scaling(&worker.id, &worker.host, shown, differs, csrf_token))
            });
        }
        TableRow::new(worker.id.clone(), worker.host.clone(), cells)
    });
    rsx! {
        DataTable { label: words::workers(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

/// How many of how many, and how many it is about to be.
fn runs(worker: &WorkerSeen) -> Element {
    let format = Format::current();
    let (running, most) = (format.integer(worker.running), format.integer(worker.concurrency));
    let wanted = worker.wanted.filter(|wanted| *wanted != worker.concurrency && worker.state != "gone");
    rsx! {
        {words::running_of(&running, &most)}
        if let Some(wanted) = wanted {
            " "
            Badge { label: words::about_to_be(&format.integer(wanted)), tone: Tone::Info }
        }
    }
}

fn state(name: &str) -> (&'static str, Tone) {
    match name {
        "gone" => (words::gone(), Tone::Bad),
        "stopping" => (words::stopping(), Tone::Warning),
        "drained" => (words::drained(), Tone::Warning),
        _ => (words::working(), Tone::Good),
    }
}

/// The form by which a number is set.
fn scaling(worker: &str, name: &str, shown: Option<i64>, differs: bool, csrf_token: &str) -> Element {
    let value = shown.map(|number| number.to_string()).unwrap_or_default();
    let label = words::how_many(name);
    rsx! {
        form { class: "ao-worker-scale", method: "post", action: WORKERS,
            input { r#type: "hidden", name: "csrf_token", value: "{csrf_token}" }
            input { r#type: "hidden", name: "worker", value: "{worker}" }
            input {
                class: "ao-input ao-input-number",
                name: "concurrency",
                inputmode: "numeric",
                size: "4",
                maxlength: "5",
                autocomplete: "off",
                "aria-label": "{label}",
                value: "{value}",
            }
            Button { small: true, submit: true, name: "do", value: "set", {words::set()} }
            Button { small: true, submit: true, name: "do", value: "drain", variant: ButtonVariant::Quiet, {words::drain()} }
            if differs {
                Button { small: true, submit: true, name: "do", value: "reset", variant: ButtonVariant::Quiet, {words::reset()} }
            }
        }
    }
}
