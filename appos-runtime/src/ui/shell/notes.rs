//! What has just happened: messages that pass, and the note of a form that was done.

use dioxus::prelude::*;

use crate::ui::page::{Location, Note, Notice, Tone, What, use_location, use_notices, use_visitor};

/// The messages of the page. Screen readers hear of each as it comes.
#[component]
pub(super) fn Notes() -> Element {
    let notices = use_notices();
    let location = use_location();
    let noted = of_address(&location.read());
    rsx! {
        div { class: "ao-notes", role: "status", aria_live: "polite",
            if let Some(notice) = noted {
                Message { notice }
            }
            for notice in notices.all() {
                Message { key: "{notice.id}", notice }
            }
        }
    }
}

/// The note in the address, which is there without script.
fn of_address(location: &Location) -> Option<Notice> {
    let note = Note::of(location)?;
    let (text, undo) = match note.what {
        What::Created => ("Created", None),
        What::Saved => ("Saved", None),
        What::Restored => ("Restored", None),
        What::Deleted => ("Deleted", note.id.map(|id| ("Undo".to_owned(), format!("{}/{id}/restore", location.path)))),
    };
    Some(Notice { id: 0, tone: Tone::Good, text: text.to_owned(), action: undo })
}

#[component]
fn Message(notice: Notice) -> Element {
    let visitor = use_visitor();
    let notices = use_notices();
    let tone = match notice.tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Plain => "plain",
    };
    let id = notice.id;
    rsx! {
        div { class: "ao-note", "data-tone": tone, "data-passes": if id > 0 { "" },
            p { "{notice.text}" }
            if let Some((label, action)) = &notice.action {
                form { method: "post", action: "{action}",
                    input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
                    button { r#type: "submit", class: "ao-button", "{label}" }
                }
            }
            if id > 0 {
                button {
                    r#type: "button",
                    class: "ao-close",
                    aria_label: "Close",
                    onclick: move |_| notices.dismiss(id),
                    "×"
                }
            }
        }
    }
}
