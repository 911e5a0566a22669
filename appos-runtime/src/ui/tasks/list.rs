//! `/tasks`: what waits for whoever looks, those that were asked first at the top.

use dioxus::prelude::*;

use super::{ADDRESS, use_changes_of_processes};
use crate::error::{AppOsError, Result};
use crate::process::tasks::{TaskListed, TasksWanted, task_list};
use crate::registry::ObjectKind;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{Badge, Card, EmptyState, PageHeader, Skeleton, Tab, Tabs, Tone};
use crate::ui::page::{use_load, use_location, use_title};
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::tasks;

#[component]
pub(crate) fn TaskList() -> Element {
    use_title(tasks::mine());
    let location = use_location();
    let all = location.read().parameter("all").as_deref() == Some("true");
    let load = use_load((all, use_changes_of_processes()), |(all, _)| {
        task_list(Some(TasksWanted { all, ..TasksWanted::default() }))
    });
    let administers = use_load((), |()| administers()).with(|answer| matches!(answer, Some(Ok(true))));
    let listed = load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 4 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(listed)) if listed.is_empty() => rsx! {
            EmptyState { title: tasks::none(), description: tasks::none_hint() }
        },
        Some(Ok(listed)) => rsx! {
            Card {
                ul { class: "ao-links",
                    for task in listed {
                        li { key: "{task.id}", {row(task)} }
                    }
                }
            }
        },
    });
    rsx! {
        PageHeader { title: tasks::mine() }
        if administers {
            Tabs {
                label: tasks::mine(),
                selected: if all { "all" } else { "mine" },
                tabs: vec![Tab::link("mine", tasks::mine(), ADDRESS), Tab::link("all", tasks::of_all(), format!("{ADDRESS}?all=true"))],
            }
        }
        {listed}
    }
}

/// True if the visitor may give tasks of a process to others.
async fn administers() -> Result<bool> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let mut all = ctx.scope().engine.registry().objects().iter();
    Ok(all.any(|object| object.kind == ObjectKind::Process && rights.allows(object, Permission::Admin)))
}

fn row(task: &TaskListed) -> Element {
    rsx! {
        a { href: "/tasks/{task.id}", "{task.title}" }
        " "
        {state(task)}
        p { class: "ao-dim", {words(task)} }
    }
}

/// Whether it is late, or over.
pub(super) fn state(task: &TaskListed) -> Element {
    match task.state.as_str() {
        "answered" => rsx! {
            Badge { label: tasks::answered(), tone: Tone::Good }
        },
        "withdrawn" => rsx! {
            Badge { label: tasks::withdrawn() }
        },
        _ if task.overdue => rsx! {
            Badge { label: tasks::overdue(), tone: Tone::Bad }
        },
        _ => rsx! {},
    }
}

/// Who is asked, since when, and until when.
pub(super) fn words(task: &TaskListed) -> String {
    let format = Format::current();
    let whom = task.group.as_ref().map_or_else(|| tasks::asked_of_you().to_owned(), |group| tasks::asked_of(group));
    let since = task.created_at.map(|moment| tasks::asked_at(&format.date_time(moment)));
    let due = task.due_at.map(|moment| tasks::due(&format.date_time(moment)));
    [Some(whom), since, due].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
