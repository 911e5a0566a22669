//! The screen of a row.

use dioxus::prelude::*;

use super::super::documents::DocumentFile;
use super::super::timeline::History;
use super::super::{address, form::COPY_OF, words};
use super::fields;
use super::load::{Seen, seen};
use super::related::Related;
use super::remove::DeleteDialog;
use super::tabs::{Part, Parts};
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::registry::PieceKind;
use crate::ui::components::{Banner, ButtonVariant, Card, LinkButton, PageHeader, Skeleton, Tone};
use crate::ui::page::{Location, use_changes, use_load, use_location, use_posted, use_status, use_visitor};
use crate::ui::pieces::{Piece, Slot, arrange, sections, whole};
use crate::ui::shell::{ByReference, refusal};
use crate::ui::text::own::actions;
use crate::ui::text::own::details;
use crate::value::FieldType;

type Object = &'static ObjectDescriptor;

/// The parameter that asks a question above the screen, and the question whether the row is to be deleted.
pub(super) const ASK: &str = "ask";
const DELETE: &str = "delete";

/// The screen of a row.
#[component]
pub(crate) fn DetailScreen(object: ByReference, id: i64) -> Element {
    // Also when rows that belong to it are others: how many they are is told.
    let fields = record_of(object.0).fields.iter();
    let related = fields.filter_map(|field| match field.field_type {
        FieldType::Many(target) => Some(use_changes(target())),
        _ => None,
    });
    let changes = (use_changes(object.0), related.sum::<u64>());
    let load = use_load((id, changes), move |(id, _)| seen(object.0, id));
    let refused = use_posted(&address::of_row(object.0, id, "restore"));
    let mut status = use_status();
    let location = use_location();
    let location = location.read().clone();
    let asked = location.parameter(ASK).as_deref() == Some(DELETE);
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
                PageHeader { title, description: words::singular(object.0), {buttons(object.0, seen, &location)} }
                if asked && seen.may_delete && !seen.deleted {
                    DeleteDialog { object, id, back: location.with(&[(ASK, None)]) }
                }
                if let Some(refused) = refused {
                    Banner { tone: Tone::Bad, title: details::not_restored(&refused.wrong.message) }
                }
                if seen.deleted {
                    Restore { object, id }
                }
                if let Some(own) = whole(object.0, PieceKind::Detail) {
                    {own.row(id)}
                } else if let Some(parts) = Parts::of(object.0, seen, &location) {
                    {parts.tabs(object.0, seen, &location)}
                    {part((object, id), seen, &parts)}
                } else {
                    {all((object, id), seen)}
                    {about(object.0, seen)}
                }
            }
        }
    })
}

/// Names of sections that are no fields.
const FIELDS: &str = "fields";
const HISTORY: &str = "history";

fn name_of_part(object: Object, part: Part) -> &'static str {
    match part {
        Part::Overview => FIELDS,
        Part::Relation(place) => record_of(object).fields.get(place).map_or("", |field| field.name),
        Part::History => HISTORY,
    }
}

/// What the row holds, what belongs to it and what happened to it, with the app's own sections among them.
fn all((object, id): (ByReference, i64), seen: &Seen) -> Element {
    let history = record_of(object.0).audit_log.then_some(Part::History);
    let relations = seen.relations.iter().map(|relation| Part::Relation(relation.place));
    let parts: Vec<Part> = std::iter::once(Part::Overview).chain(relations).chain(history).collect();
    let before_history = parts.len() - usize::from(history.is_some());
    arranged((object, id), seen, (&parts, false), (sections(object.0, PieceKind::Section), before_history))
}

/// One part of several, with the app's own sections that stand beside it or in its place; those that stand nowhere
/// else belong to the first.
fn part((object, id): (ByReference, i64), seen: &Seen, parts: &Parts) -> Element {
    let names: Vec<&str> = parts.all.iter().map(|part| name_of_part(object.0, *part)).collect();
    let here = name_of_part(object.0, parts.shown);
    let stands_at = |section: &Piece, name: &str| {
        section.descriptor.after == Some(name) || section.descriptor.replaces.contains(&name)
    };
    let own = sections(object.0, PieceKind::Section).iter().copied().filter(|section| {
        stands_at(section, here)
            || (parts.shown == Part::Overview && !names.iter().any(|name| stands_at(section, name)))
    });
    let own: Vec<Piece> = own.collect();
    let shown = arranged((object, id), seen, (&[parts.shown], true), (&own, 1));
    if parts.shown == Part::Overview {
        return rsx! { {shown} {about(object.0, seen)} };
    }
    shown
}

fn arranged(
    (object, id): (ByReference, i64),
    seen: &Seen,
    (parts, tabbed): (&[Part], bool),
    (sections, otherwise): (&[Piece], usize),
) -> Element {
    let names: Vec<&str> = parts.iter().map(|part| name_of_part(object.0, *part)).collect();
    let slots = arrange(sections, &names, otherwise).into_iter().map(|slot| {
        let at = match slot {
            Slot::Section(section) => return section.row(id),
            Slot::Own(at) => at,
        };
        match parts.get(at) {
            Some(Part::Relation(place)) => rsx! {
                Related { key: "{place}", object, id, place: *place, tabbed }
            },
            Some(Part::History) => rsx! {
                History { key: "{HISTORY}", object, id }
            },
            Some(Part::Overview) | None => rsx! {
                Card { key: "{FIELDS}", {fields::own(object.0, seen)} }
                if record_of(object.0).document().is_some() && !seen.deleted {
                    DocumentFile { object, id, version: seen.row.system.version, may_update: seen.may_update }
                }
            },
        }
    });
    rsx! { {slots} }
}

fn about(object: Object, seen: &Seen) -> Element {
    rsx! {
        Card { title: details::about(&words::singular_within(object)), {fields::system(&seen.row, &seen.names)} }
    }
}

/// What can be done with the row: only what the visitor may do is there.
fn buttons(object: Object, seen: &Seen, location: &Location) -> Element {
    let id = seen.row.system.id;
    let copy = format!("{}?{COPY_OF}={id}", address::new(object));
    let record = record_of(object);
    let file = format!("/api/{}/v1/{}/{id}/content", object.app, record.plural.as_str());
    rsx! {
        if record.document().is_some() && !seen.deleted {
            a { class: "ao-button ao-button-quiet", href: "{file}", download: "", {details::download()} }
        }
        if seen.may_delete && !seen.deleted {
            // Without script the question is a page of its own.
            a {
                class: "ao-button ao-button-quiet",
                href: address::of_row(object, id, "delete"),
                "data-live-to": location.with(&[(ASK, Some(DELETE)), ("note", None), ("note_id", None)]),
                {actions::delete()}
            }
        }
        if seen.may_create && !seen.deleted {
            LinkButton { to: copy, variant: ButtonVariant::Quiet, {details::duplicate()} }
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
        Banner { tone: Tone::Warning, title: details::was_deleted(&words::singular_within(object.0)),
            form { method: "post", action,
                input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
                button { r#type: "submit", class: "ao-button ao-small", {actions::restore()} }
            }
        }
    }
}
