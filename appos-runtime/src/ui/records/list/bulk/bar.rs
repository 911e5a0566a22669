//! The bar below a list that says what can be done with the rows that are ticked, and what was done.

use dioxus::prelude::*;

use crate::registry::ObjectDescriptor;
use crate::ui::components::{Banner, BulkBar, Button, ButtonVariant, Tone};
use crate::ui::page::{Form, use_posted, use_visitor};
use crate::ui::records::address::list as list_address;
use crate::ui::records::list::rows::{Found, May};
use crate::ui::text::own::{actions, lists};

/// What can be done with the rows that are ticked.
pub(in crate::ui::records::list) fn bar(object: &'static ObjectDescriptor, found: &Found) -> Element {
    if !found.may.selects() {
        return rsx! {};
    }
    let more = found.count > found.rows.number;
    rsx! {
        Bar {
            address: list_address(object),
            back: found.asked.view(),
            may: found.may,
            all: more.then_some(found.count),
            deleted: found.asked.parameter("deleted").is_some_and(|deleted| deleted == "true"),
        }
    }
}

#[component]
fn Bar(address: String, back: String, may: May, all: Option<u64>, deleted: bool) -> Element {
    let visitor = use_visitor();
    rsx! {
        BulkBar { id: "bulk", action: "{address}/bulk", token: visitor.csrf_token.to_string(),
            input { r#type: "hidden", name: Form::PAGE, value: "{address}?{back}" }
            input { r#type: "hidden", name: "back", value: "{back}" }
            if let Some(count) = all {
                label { class: "ao-tick",
                    input { class: "ao-checkbox", r#type: "checkbox", name: "all", value: "true", "data-bulk-all": "{count}" }
                    span { {lists::all_that_fit(count)} }
                }
            }
            if deleted {
                if may.delete {
                    Button { small: true, submit: true, name: "do", value: "restore", {lists::restore_rows()} }
                }
            } else {
                if may.update {
                    Button { small: true, submit: true, name: "do", value: "edit", {lists::change_rows()} }
                }
                Button { small: true, submit: true, name: "do", value: "export", {lists::export_rows()} }
                if may.delete {
                    Button { small: true, submit: true, name: "do", value: "delete", variant: ButtonVariant::Danger, {actions::delete()} }
                }
            }
        }
    }
}

/// What was done with several rows before this list was opened, or why nothing was.
pub(in crate::ui::records::list) fn told(object: &'static ObjectDescriptor, found: &Found) -> Element {
    let asked = &found.asked;
    let number = asked.parameter("number").and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    let words = match asked.parameter("did").as_deref() {
        Some("deleted") => Some(lists::were_deleted(number)),
        Some("changed") => Some(lists::were_changed(number)),
        Some("restored") => Some(lists::were_restored(number)),
        _ => None,
    };
    let undo = asked.parameter("rows").filter(|rows| !rows.is_empty() && found.may.delete);
    rsx! {
        Told { address: "{list_address(object)}/bulk", back: asked.view(), words, undo }
    }
}

#[component]
fn Told(address: String, back: String, words: Option<String>, undo: Option<String>) -> Element {
    let visitor = use_visitor();
    let posted = use_posted(&address);
    rsx! {
        if let Some(posted) = posted {
            Banner { tone: Tone::Bad, title: posted.wrong.message.clone() }
        }
        if let Some(words) = words {
            Banner {
                tone: Tone::Good,
                title: words,
                actions: undo.map(|rows| rsx! {
                    form { method: "post", action: "{address}",
                        input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
                        input { r#type: "hidden", name: "do", value: "restore" }
                        input { r#type: "hidden", name: "confirmed", value: "true" }
                        input { r#type: "hidden", name: "back", value: "{back}" }
                        input { r#type: "hidden", name: "rows", value: "{rows}" }
                        Button { submit: true, small: true, {actions::undo()} }
                    }
                }),
            }
        }
    }
}
