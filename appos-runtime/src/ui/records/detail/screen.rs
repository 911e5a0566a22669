//! The screen of a row.

use dioxus::prelude::*;

use super::super::timeline::History;
use super::super::{address, form::COPY_OF, words};
use super::fields;
use super::load::{Seen, seen};
use super::related::Related;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::registry::PieceKind;
use crate::ui::components::{Banner, ButtonVariant, Card, LinkButton, PageHeader, Skeleton, Tone};
use crate::ui::page::{use_changes, use_load, use_posted, use_status, use_visitor};
use crate::ui::pieces::{Slot, arrange, sections, whole};
use crate::ui::shell::{ByReference, refusal};
use crate::ui::text::own::actions;

type Object = &'static ObjectDescriptor;

/// The screen of a row.
#[component]
pub(crate) fn DetailScreen(object: ByReference, id: i64) -> Element {
    let load = use_load((id, use_changes(object.0)), move |(id, _)| seen(object.0, id));
    let refused = use_posted(&address::of_row(object.0, id, "restore"));
    let mut status = use_status();
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 8 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(seen)) => {
            let title = words::name_of(object.0, &seen.row).into_owned();
            if status.peek().title != title {
                status.write().title.clone_from(&title);
            }
            rsx! {
                PageHeader { title, description: words::singular(object.0), {buttons(object.0, seen)} }
                if let Some(refused) = refused {
                    Banner { tone: Tone::Bad, title: "It was not restored: {refused.wrong.message}" }
                }
                if seen.deleted {
                    Restore { object, id }
                }
                if let Some(own) = whole(object.0, PieceKind::Detail) {
                    {own.row(id)}
                } else {
                    {body(object, id, seen)}
                    Card { title: "About this {words::singular_within(object.0)}", {fields::system(&seen.row, &seen.names)} }
                }
            }
        }
    })
}

/// Names of sections that are no fields.
const FIELDS: &str = "fields";
const HISTORY: &str = "history";

/// What the row holds, what belongs to it and what happened to it, with the app's own sections among them.
fn body(object: ByReference, id: i64, seen: &Seen) -> Element {
    let record = record_of(object.0);
    let relations = seen.relations.iter().filter_map(|place| record.fields.get(*place)).map(|field| field.name);
    let history = record.audit_log.then_some(HISTORY);
    let names: Vec<&str> = std::iter::once(FIELDS).chain(relations).chain(history).collect();
    let before_history = names.len() - usize::from(record.audit_log);
    let parts = arrange(sections(object.0, PieceKind::Section), &names, before_history).into_iter().map(|slot| {
        let at = match slot {
            Slot::Section(section) => return section.row(id),
            Slot::Own(at) => at,
        };
        match at.checked_sub(1).map(|at| seen.relations.get(at).copied()) {
            None => rsx! {
                Card { key: "{FIELDS}", {fields::own(object.0, seen)} }
            },
            Some(Some(place)) => rsx! {
                Related { key: "{place}", object, id, place }
            },
            Some(None) => rsx! {
                History { key: "{HISTORY}", object, id }
            },
        }
    });
    rsx! { {parts} }
}

/// What can be done with the row: only what the visitor may do is there.
fn buttons(object: Object, seen: &Seen) -> Element {
    let id = seen.row.system.id;
    let copy = format!("{}?{COPY_OF}={id}", address::new(object));
    rsx! {
        if seen.may_delete && !seen.deleted {
            LinkButton { to: address::of_row(object, id, "delete"), variant: ButtonVariant::Quiet, {actions::delete()} }
        }
        if seen.may_create && !seen.deleted {
            LinkButton { to: copy, variant: ButtonVariant::Quiet, "Duplicate" }
        }
        if seen.may_update {
            LinkButton { to: address::of_row(object, id, "edit"), variant: ButtonVariant::Primary, {actions::edit()} }
        }
    }
}

/// That the row was deleted, and how it comes back.
#[component]
fn Restore(object: ByReference, id: i64) -> Element {
    let visitor = use_visitor();
    let action = address::of_row(object.0, id, "restore");
    rsx! {
        Banner { tone: Tone::Warning, title: "This {words::singular_within(object.0)} was deleted",
            form { method: "post", action,
                input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
                button { r#type: "submit", class: "ao-button ao-small", {actions::restore()} }
            }
        }
    }
}
