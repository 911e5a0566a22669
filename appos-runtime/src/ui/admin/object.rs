//! `/admin/objects/{reference}`: an object, who may what with it, what it calls, and how it does.

use dioxus::prelude::*;

use super::{OBJECTS, PERMISSIONS};
use crate::error::Result;
use crate::monitoring::{Metrics, MetricsWanted, metrics};
use crate::platform::console::{ObjectFacts, show_object};
use crate::ui::components::{
    Breadcrumbs, Card, Crumb, DataTable, Detail, Details, Grid, LinkButton, PageHeader, Skeleton, TableCell,
    TableColumn, TableRow,
};
use crate::ui::monitoring::{Numbers, windows};
use crate::ui::page::{address, use_load, use_location, use_title};
use crate::ui::shell::refusal;
use crate::ui::text::own::admin as words;

struct Seen {
    facts: ObjectFacts,
    metrics: Metrics,
}

async fn read(reference: String, window: Option<String>) -> Result<Seen> {
    let facts = show_object(reference.clone()).await?;
    let wanted = MetricsWanted { window, object: Some(reference), app: None };
    Ok(Seen { facts, metrics: metrics(Some(wanted)).await? })
}

/// An object.
#[component]
pub(super) fn ObjectScreen(reference: String) -> Element {
    use_title(&reference);
    let location = use_location();
    let window = location.read().parameter("window");
    let load = use_load((reference, window), |(reference, window)| read(reference, window));
    let location = location.read();
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 12 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(Seen { facts, metrics })) => {
            let row = &facts.row;
            let app = address(PERMISSIONS, [("app", row.app), ("q", row.object)].into_iter());
            rsx! {
                Breadcrumbs { crumbs: vec![Crumb::link(words::objects(), OBJECTS), Crumb::here(row.object)] }
                PageHeader { title: row.object, description: row.description,
                    LinkButton { to: app, {words::permissions()} }
                }
                {about(facts)}
                {permissions(facts)}
                {windows(&location, metrics.window)}
                Numbers { object: metrics.objects.first().cloned(), step: metrics.step_s }
                Grid { columns: 2,
                    {references(words::seen_called_by(), &facts.called_by)}
                    {references(words::seen_calling(), &facts.calls)}
                }
            }
        }
    })
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
