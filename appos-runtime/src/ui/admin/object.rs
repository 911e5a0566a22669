//! `/admin/objects/{reference}`: an object, who may what with it, what it calls, and how it does.

use dioxus::prelude::*;

use super::objects::milliseconds;
use super::{OBJECTS, PERMISSIONS};
use crate::error::Result;
use crate::platform::console::{ObjectFacts, show_object};
use crate::ui::components::{
    Breadcrumbs, Card, Crumb, DataTable, Detail, Details, Grid, LinkButton, Metric, PageHeader, Skeleton, TableCell,
    TableColumn, TableRow,
};
use crate::ui::page::{address, use_load, use_title};
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::admin as words;

async fn read(reference: String) -> Result<ObjectFacts> {
    show_object(reference).await
}

/// An object.
#[component]
pub(super) fn ObjectScreen(reference: String) -> Element {
    use_title(&reference);
    let load = use_load(reference, read);
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 12 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(facts)) => {
            let row = &facts.row;
            let app = address(PERMISSIONS, [("app", row.app), ("q", row.object)].into_iter());
            rsx! {
                Breadcrumbs { crumbs: vec![Crumb::link(words::objects(), OBJECTS), Crumb::here(row.object)] }
                PageHeader { title: row.object, description: row.description,
                    LinkButton { to: app, {words::permissions()} }
                }
                {numbers(facts)}
                {about(facts)}
                {permissions(facts)}
                Grid { columns: 2,
                    {references(words::seen_called_by(), &facts.called_by)}
                    {references(words::seen_calling(), &facts.calls)}
                }
            }
        }
    })
}

fn numbers(facts: &ObjectFacts) -> Element {
    let format = Format::current();
    let metrics = &facts.row.metrics;
    let number = |number: u64| format.integer(i64::try_from(number).unwrap_or(i64::MAX));
    let time = |ns: u64| if metrics.calls == 0 { "–".to_owned() } else { milliseconds(&format, ns) };
    rsx! {
        Grid { columns: 4,
            Metric { label: words::calls(), value: number(metrics.calls) }
            Metric { label: words::errors(), value: number(metrics.errors) }
            Metric { label: words::median(), value: time(metrics.latency.p50_ns) }
            Metric { label: words::slowest(), value: time(metrics.latency.p99_ns) }
        }
    }
}

fn about(facts: &ObjectFacts) -> Element {
    rsx! {
        Card {
            Details {
                Detail { label: words::kind(), {facts.row.kind.as_str()} }
                Detail { label: words::app(), {facts.row.app} }
                Detail { label: words::written_at(), "{facts.file}:{facts.line}" }
                if let Some(account) = facts.run_as {
                    Detail { label: words::runs_as(), "{account}" }
                }
                if facts.public_access {
                    Detail { label: words::permissions(), {words::open_to_all()} }
                }
            }
        }
    }
}

fn permissions(facts: &ObjectFacts) -> Element {
    let columns = vec![TableColumn::new(words::permissions()), TableColumn::new(words::may())];
    let rows = facts.permissions.iter().map(|(permission, groups)| {
        let groups = groups.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        TableRow::new(
            permission,
            permission.as_str(),
            vec![TableCell::text(permission.as_str()), TableCell::text(groups)],
        )
    });
    rsx! {
        Card { title: words::permissions(), flush: true,
            DataTable { label: words::permissions(), columns, rows: rows.collect::<Vec<_>>() }
        }
    }
}

fn references(title: &'static str, references: &[&'static str]) -> Element {
    rsx! {
        Card { title, description: words::seen_hint(),
            if references.is_empty() {
                p { class: "ao-dim", {words::nothing_seen()} }
            } else {
                ul { class: "ao-admin-references",
                    for reference in references {
                        li { key: "{reference}",
                            a { href: "{OBJECTS}/{reference}", "{reference}" }
                        }
                    }
                }
            }
        }
    }
}
