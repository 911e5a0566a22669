//! The screens of a form: a new row, and a change of one.

use std::rc::Rc;

use dioxus::prelude::*;

use super::super::{address, words};
use super::load::{Purpose, fill};
use super::names;
use super::view::{Place, RecordForm, Shared};
use crate::ui::components::Skeleton;
use crate::ui::page::{Location, use_load_once, use_location, use_posted, use_status};
use crate::ui::shell::{ByReference, refusal};
use crate::ui::text::own::forms;

/// The form of a new row.
#[component]
pub(crate) fn NewScreen(object: ByReference) -> Element {
    let location = use_location();
    let location = location.read().clone();
    let action = address::new(object.0);
    let cancel = cancel(&location).unwrap_or_else(|| address::list(object.0));
    let back = location.parameter(names::BACK).filter(|back| Location::read(back).is_some());
    let title = forms::new_one(&words::singular_within(object.0));
    let place = Place { action, page: None, back, which: None, cancel: Some(cancel) };
    rsx! {
        FormScreen { object, purpose: Purpose::New(location), place, title }
    }
}

/// The form of a row that exists.
#[component]
pub(crate) fn EditScreen(object: ByReference, id: i64) -> Element {
    let location = use_location();
    let location = location.read().clone();
    let action = address::of_row(object.0, id, "edit");
    let cancel = cancel(&location).unwrap_or_else(|| address::row(object.0, id));
    let back = location.parameter(names::BACK).filter(|back| Location::read(back).is_some());
    let title = forms::edit_one(&words::singular_within(object.0));
    let place = Place { action, page: None, back, which: None, cancel: Some(cancel) };
    rsx! {
        FormScreen { object, purpose: Purpose::Edit(id), place, title }
    }
}

/// Where one came from.
fn cancel(location: &Location) -> Option<String> {
    location.parameter(names::BACK).as_deref().and_then(Location::read).map(|back| back.address())
}

#[component]
fn FormScreen(object: ByReference, purpose: Purpose, place: Place, title: String) -> Element {
    let posted = use_posted(&place.action);
    let load = use_load_once((purpose.clone(), posted.clone()), move |(purpose, posted)| async move {
        fill(object.0, purpose, posted).await.map(|filled| Shared(Rc::new(filled)))
    });
    let mut status = use_status();
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 8 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(filled)) => {
            let name = filled.0.row.as_ref().map(|(_, name)| name.as_str());
            let title = name.map_or_else(|| title.clone(), |name| format!("{title} {name}"));
            if status.peek().title != title {
                status.write().title.clone_from(&title);
            }
            rsx! {
                header { class: "ao-page-header",
                    div { class: "ao-page-title",
                        h1 { "{title}" }
                    }
                }
                RecordForm { filled: filled.clone(), place, posted }
            }
        }
    })
}
