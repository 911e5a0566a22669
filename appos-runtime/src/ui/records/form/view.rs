//! A whole form.

use std::rc::Rc;

use dioxus::prelude::*;

use super::load::Filled;
use super::newer::Newer;
use super::parts::Parts;
use super::{names, summary};
use crate::security::Permission;
use crate::ui::page::{Form, Posted, use_visitor};
use crate::ui::shell::ByReference;
use crate::ui::text::own::{actions, forms};

/// What a form shows. Two are the same only if they are one.
#[derive(Clone)]
pub(crate) struct Shared(pub(crate) Rc<Filled>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where a form is sent, and how its parts are told from those of others on the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) action: String,
    /// The page on which it stands, if that has another address.
    pub(crate) page: Option<String>,
    /// Where the page goes when it is done, if not to the row.
    pub(crate) back: Option<String>,
    /// Which form of the page it is.
    pub(crate) which: Option<String>,
    /// Where one goes who does not send it.
    pub(crate) cancel: Option<String>,
}

/// A form of a record.
#[component]
pub(crate) fn RecordForm(filled: Shared, place: Place, posted: Option<Rc<Posted>>) -> Element {
    let visitor = use_visitor();
    let prefix = place.which.clone().unwrap_or_else(|| "field".to_owned());
    let (fields, rows) = Parts { filled: filled.clone(), posted: posted.clone(), prefix }.all();
    let filled = &filled.0;
    let prefix = place.which.as_deref().unwrap_or("field");
    let wrong = posted.as_ref().map(|posted| &posted.wrong);
    let wrong = wrong.filter(|wrong| !wrong.asks_of_itself());
    let own = &filled.sheet.own;
    let save = match filled.permission {
        _ if filled.file.is_some() => actions::upload(),
        Permission::Create => actions::create(),
        _ => actions::save(),
    };
    let version = own.version.map(|version| version.to_string());
    let known = filled.within.map(|(name, id)| (name, id.to_string()));
    let hidden = [
        Some(("csrf_token", visitor.csrf_token.to_string())),
        version.map(|version| ("version", version)),
        place.page.clone().map(|page| (Form::PAGE, page)),
        place.back.clone().map(|back| (names::BACK, back)),
        place.which.clone().map(|which| (names::WHICH, which)),
        known,
    ];
    let hidden = hidden.into_iter().flatten();
    rsx! {
        form {
            class: "ao-form",
            action: "{place.action}",
            method: "post",
            enctype: filled.file.is_some().then_some("multipart/form-data"),
            "data-unsaved": forms::leave_anyway(),
            // The server tells what is wrong, in one place and in the same words.
            novalidate: true,
            for (name , value) in hidden {
                input { key: "{name}", r#type: "hidden", name, value: "{value}" }
            }
            // What Enter in a field presses is the first button of a form, which must not be one that
            // removes a row.
            button { class: "ao-hidden", r#type: "submit", tabindex: "-1", "aria-hidden": "true", "{save}" }
            if let (Some((id, _)), Some(version)) = (&filled.row, own.version) {
                Newer { object: ByReference(filled.plan.object), id: *id, version }
            }
            {summary::stale(filled)}
            {summary::summary(filled, wrong, prefix)}
            div { class: "ao-form-fields", {fields} }
            if !filled.shown.is_empty() {
                dl { class: "ao-details",
                    for (label , value) in filled.shown.iter() {
                        div { key: "{label}", class: "ao-detail",
                            dt { "{label}" }
                            dd { {value.clone()} }
                        }
                    }
                }
            }
            {rows}
            // Behind all others: what is wrong with those is told before the file is received.
            if let Some(file) = &filled.file {
                div { class: "ao-form-fields",
                    {file.draw(names::FILE, summary::of_field(wrong, names::FILE, ("", None)))}
                }
            }
            div { class: "ao-form-actions",
                button { class: "ao-button ao-button-primary", r#type: "submit", "{save}" }
                if let Some(cancel) = &place.cancel {
                    a { class: "ao-button ao-button-quiet", href: "{cancel}", {actions::cancel()} }
                }
            }
        }
    }
}
