//! The list of a record's rows: which, in which order and with which columns is in its address.

mod address;
mod columns;
mod filters;
mod pager;
mod rows;
mod table;
mod toolbar;

use dioxus::prelude::*;

use crate::error::{AppOsError, ErrorKind};
use crate::registry::ObjectDescriptor;
use crate::ui::page::{use_load, use_location, use_navigator, use_title};
use crate::ui::records::value::list_address;
use crate::ui::shell::{ByReference, Refusal, names, refusal, status_of};
use address::Asked;
pub(crate) use address::canonical;
use filters::FilterEditor;
use rows::Found;

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
    let load = use_load(Asked::of(&location.read()), move |asked| rows::read(object, asked));
    load.with(|answer| match answer {
        None => rsx! {
            Loading { title: names::plural(object) }
        },
        Some(Err(error)) => cannot(object, error),
        Some(Ok(found)) => shown(object, found),
    })
}

/// A list on its way: as large as a short one, so that nothing jumps.
#[component]
fn Loading(title: String) -> Element {
    rsx! {
        h1 { "{title}" }
        p { class: "ao-loading", role: "status", "Loading" }
    }
}

/// What is wrong with an address, in words, and the way out.
fn cannot(object: &'static ObjectDescriptor, error: &AppOsError) -> Element {
    let of_query =
        error.kind() == ErrorKind::Validation && matches!(error.code(), "bad_query" | "bad_cursor" | "bad_filter");
    if !of_query {
        return refusal(error);
    }
    let wrong = error.fields().iter().map(|wrong| format!("{}: {}", wrong.field, wrong.message));
    let wrong: Vec<String> = wrong.collect();
    rsx! {
        Refusal { code: status_of(error).as_u16(), message: error.message() }
        ul { class: "ao-wrong",
            for line in wrong {
                li { key: "{line}", "{line}" }
            }
        }
        p {
            a { href: list_address(object), "Show all {names::plural(object).to_lowercase()}" }
        }
    }
}

fn shown(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let plural = names::plural(object);
    let address = list_address(object);
    rsx! {
        section { class: "ao-list",
            header { class: "ao-page-head",
                h1 { "{plural}" }
                div { class: "ao-actions",
                    if found.may.create {
                        a { class: "ao-button", href: "{address}/import", "Import" }
                    }
                    {toolbar::export(object, found)}
                    if found.may.create {
                        a { class: "ao-button ao-primary", href: "{address}/new", "New {names::singular(object).to_lowercase()}" }
                    }
                }
            }
            {toolbar::toolbar(object, found)}
            if let Some(editor) = &found.editor {
                FilterEditor { editor: editor.clone() }
            }
            {toolbar::chips(found)}
            if found.rows.is_empty() {
                {nothing(object, found)}
            } else {
                {table::table(object, found)}
            }
            {pager::pager(found)}
        }
    }
}

/// No rows: because there are none yet, or because none fits.
fn nothing(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let plural = names::plural(object).to_lowercase();
    let (filtered, passed) = (found.asked.is_filtered(), found.count > 0);
    rsx! {
        div { class: "ao-empty", role: "status",
            if passed {
                h2 { "Nothing more" }
                p {
                    a { href: found.asked.with(&[]), "To the first page" }
                }
            } else if filtered {
                h2 { "Nothing fits" }
                p { "No {plural} fit these filters." }
                p {
                    a { class: "ao-button", href: found.asked.without_filters(), "Clear filters" }
                }
            } else {
                h2 { "No {plural} yet" }
                if found.may.create {
                    p {
                        a { class: "ao-button ao-primary", href: "{list_address(object)}/new",
                            "New {names::singular(object).to_lowercase()}"
                        }
                    }
                }
            }
        }
    }
}
