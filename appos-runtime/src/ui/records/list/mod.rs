//! The list of a record's rows: which, in which order and with which columns is in its address.

mod address;
mod bulk;
mod columns;
mod edit;
mod embedded;
mod filters;
mod pager;
mod rows;
mod sort;
mod table;
mod toolbar;
mod views;

use dioxus::prelude::*;

use crate::error::{AppOsError, ErrorKind};
use crate::icon;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::ui::components::{Banner, ButtonVariant, EmptyState, LinkButton, PageHeader, Skeleton, Tone};
use crate::ui::page::{use_changes, use_load, use_location, use_navigator, use_title};
use crate::ui::records::address::list as list_address;
use crate::ui::shell::{ByReference, Refusal, names, refusal, status_of};
use crate::ui::text::own::{actions, lists};
use address::Asked;
pub(crate) use address::canonical;
pub(super) use bulk::{Bulk, post as post_bulk};
pub use embedded::{RecordTable, RecordTableProps};
use filters::FilterEditor;
use rows::Found;
pub(super) use views::post as post_view;

/// The list of a record's rows, as its address asks for them.
#[component]
pub(super) fn List(object: ByReference) -> Element {
    let object = object.0;
    let location = use_location();
    let navigator = use_navigator();
    use_title(names::plural(object));
    // What a form has sent gets the address that means the same; without script it is sent there.
    use_effect(move || {
        if let Some(canonical) = canonical(&location.read()) {
            navigator.replace(canonical.address());
        }
    });
    let changed = use_changes(object);
    let load = use_load((Asked::of(&location.read()), changed), move |(asked, _)| rows::read(object, asked));
    load.with(|answer| match answer {
        None => rsx! {
            PageHeader { title: names::plural(object) }
            Skeleton { lines: 12 }
        },
        Some(Err(error)) => cannot(object, error),
        Some(Ok(found)) => shown(object, found),
    })
}

/// What is wrong with an address, in words, and the way out.
fn cannot(object: &'static ObjectDescriptor, error: &AppOsError) -> Element {
    let of_query =
        error.kind() == ErrorKind::Validation && matches!(error.code(), "bad_query" | "bad_cursor" | "bad_filter");
    if !of_query {
        return refusal(error);
    }
    let wrong: Vec<String> = error.fields().iter().map(|wrong| format!("{}: {}", wrong.field, wrong.message)).collect();
    rsx! {
        Refusal { code: status_of(error).as_u16(), message: error.message() }
        ul { class: "ao-wrong",
            for line in wrong {
                li { key: "{line}", "{line}" }
            }
        }
        LinkButton { to: list_address(object), {lists::show_all(&names::within(&names::plural(object)))} }
    }
}

fn shown(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let address = list_address(object);
    rsx! {
        PageHeader { title: names::plural(object),
            {toolbar::export(object, found)}
            // No document is made without its file, which no line of an import holds.
            if found.may.create && record_of(object).document().is_none() {
                LinkButton { to: "{address}/import", icon: "upload", {actions::import()} }
            }
            if found.may.create {
                LinkButton { to: "{address}/new", icon: "plus", variant: ButtonVariant::Primary, {new(object)} }
            }
        }
        {bulk::told(object, found)}
        if found.gone {
            Banner { tone: Tone::Warning, title: lists::cell_gone() }
        }
        {views::tabs(found)}
        {toolbar::toolbar(object, found)}
        if let Some(editor) = &found.editor {
            FilterEditor { editor: editor.clone() }
        }
        {toolbar::chips(found)}
        if found.rows.number == 0 {
            {nothing(object, found)}
        } else {
            {table::table(object, found)}
            {bulk::bar(object, found)}
        }
        {pager::pager(found)}
    }
}

fn new(object: &'static ObjectDescriptor) -> String {
    actions::create_one(&names::within(&names::singular(object)))
}

/// No rows: because there are none yet, or because none fits.
fn nothing(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let asked = &found.asked;
    if found.count > 0 {
        return rsx! {
            EmptyState { title: lists::nothing_more(),
                LinkButton { to: asked.with(&[]), {lists::first_page()} }
            }
        };
    }
    if asked.is_filtered() {
        return rsx! {
            EmptyState { title: lists::none_found(), description: lists::none_found_hint(), icon: icon!("search"),
                LinkButton { to: asked.without_filters(), {lists::clear_filters()} }
            }
        };
    }
    rsx! {
        EmptyState { title: lists::none_of(&names::within(&names::plural(object))),
            if found.may.create {
                LinkButton { to: "{list_address(object)}/new", icon: "plus", variant: ButtonVariant::Primary, {new(object)} }
            }
        }
    }
}
