//! `/tasks`: what waits for whoever looks, those that were asked first at the top.

use dioxus::prelude::*;

use super::use_changes_of_processes;
use crate::process::tasks::{TaskListed, task_list};
use crate::ui::components::{Badge, Card, EmptyState, PageHeader, Skeleton, Tone};
use crate::ui::page::{use_load, use_title};
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::tasks;

#[component]
pub(crate) fn TaskList() -> Element {
    use_title(tasks::mine());
    let load = use_load(use_changes_of_processes(), |_| task_list(None));
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
        {listed}
    }
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
