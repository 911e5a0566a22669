//! One field of a row, edited where it stands in a list. What is sent is the form of the row with all other
//! fields left out, so that nothing is said of them.

use std::rc::Rc;

use dioxus::prelude::*;

use super::super::{address, words};
use super::field::fields;
use super::load::{Filled, Purpose, fill};
use super::plan::Plan;
use super::view::Shared;
use super::{names, summary};
use crate::icon;
use crate::registry::ObjectDescriptor;
use crate::security::Rights;
use crate::ui::components::Icon;
use crate::ui::page::{Form, Wrong, use_load_once, use_posted, use_visitor};
use crate::ui::shell::ByReference;
use crate::ui::text::own::{actions, forms};

/// Names of the fields that somebody may write and see, so that they can be edited where they stand.
pub(in super::super) fn writable(object: &'static ObjectDescriptor, rights: &Rights) -> Vec<&'static str> {
    let plan = Plan::alone(object, rights, None);
    plan.inputs.iter().filter(|input| !input.blind).map(|input| input.field.name).collect()
}

/// Where a cell stands, and where one goes from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct CellPlace {
    /// The list with this cell edited.
    pub(in super::super) here: String,
    /// The list without.
    pub(in super::super) list: String,
    /// The list with the next cell edited, and with the one before.
    pub(in super::super) next: Option<String>,
    pub(in super::super) previous: Option<String>,
}

/// One field of a row in the place of its value. Each form that is shown keeps the version of the row that it
/// began with, whatever others write meanwhile.
#[component]
pub(in super::super) fn CellForm(object: ByReference, id: i64, field: &'static str, place: CellPlace) -> Element {
    let action = address::of_row(object.0, id, "edit");
    let posted = use_posted(&action);
    let load = use_load_once((id, field, posted.clone()), move |(id, field, posted)| async move {
        let filled = Box::pin(fill(object.0, Purpose::Cell(id, field), posted)).await?;
        Ok(Shared(Rc::new(filled)))
    });
    load.with(|answer| match answer {
        None => rsx! {},
        Some(Err(error)) => rsx! {
            p { class: "ao-field-error", role: "alert", "{error.message()}" }
            a { class: "ao-button ao-small", href: "{place.list}", "data-cell-cancel": "", {actions::cancel()} }
        },
        Some(Ok(filled)) => {
            let wrong = posted.as_ref().map(|posted| &posted.wrong).filter(|wrong| !wrong.asks_of_itself());
            rsx! {
                Shown { filled: filled.clone(), wrong: wrong.cloned(), action, place, cell: "{id}.{field}" }
            }
        }
    })
}

#[component]
fn Shown(filled: Shared, wrong: Option<Wrong>, action: String, place: CellPlace, cell: String) -> Element {
    let visitor = use_visitor();
    let filled = &filled.0;
    let own = &filled.sheet.own;
    let version = own.version.map(|version| version.to_string()).unwrap_or_default();
    let hidden = [
        ("csrf_token", &*visitor.csrf_token),
        ("version", version.as_str()),
        (Form::PAGE, place.here.as_str()),
        (names::BACK, place.list.as_str()),
        (Form::STAYS, "true"),
    ];
    let told = wrong.as_ref().map(|wrong| beside(filled, wrong)).unwrap_or_default();
    rsx! {
        form {
            class: "ao-form ao-cell-form",
            action,
            method: "post",
            novalidate: true,
            "data-unsaved": "",
            "data-cell": "{cell}",
            "data-number": "{filled.number}",
            "data-next": place.next.clone(),
            "data-previous": place.previous.clone(),
            "data-saved": forms::saved(),
            for (name , value) in hidden {
                input { key: "{name}", r#type: "hidden", name, value: "{value}" }
            }
            // Where the script goes on to.
            input { r#type: "hidden", name: names::THEN, "value": "" }
            div { class: "ao-cell-line",
                {fields(filled, (&filled.plan, own), (wrong.as_ref(), "cell"), true)}
                button {
                    class: "ao-button ao-button-primary ao-button-icon ao-small",
                    r#type: "submit",
                    "aria-label": actions::save(),
                    title: actions::save(),
                    Icon { name: icon!("check") }
                }
                a {
                    class: "ao-button ao-button-quiet ao-button-icon ao-small",
                    href: "{place.list}",
                    "aria-label": actions::cancel(),
                    title: actions::cancel(),
                    "data-cell-cancel": "",
                    Icon { name: icon!("x") }
                }
            }
            if !told.is_empty() {
                ul { class: "ao-cell-told", role: "alert",
                    for (place , line) in told.into_iter().enumerate() {
                        li { key: "{place}", "{line}" }
                    }
                }
            }
        }
    }
}

/// What is wrong with the row as a whole, or with fields that are not here.
fn beside(filled: &Filled, wrong: &Wrong) -> Vec<String> {
    if filled.stale.is_some() {
        return vec![forms::stale().to_owned()];
    }
    let record = crate::model::record_of(filled.plan.object);
    let others = wrong.fields.iter().filter(|(name, ..)| filled.plan.input(name).is_none());
    let mut told: Vec<String> = others
        .map(|(name, code, message)| match record.field(name) {
            Some((_, field)) => summary::sentence((words::label(field), Some(field)), code, message),
            None => message.clone(),
        })
        .collect();
    if wrong.fields.is_empty() {
        told.push(wrong.message.clone());
    }
    told
}
