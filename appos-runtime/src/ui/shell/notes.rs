//! What has just happened: messages that pass, and the note of a form that was done.

use dioxus::prelude::*;

use crate::icon;
use crate::ui::components::{self, icon};
use crate::ui::page::{Location, Note, Notice, Tone, What, use_location, use_notices, use_visitor};
use crate::ui::text::own;

/// The messages of the page. Screen readers hear of each as it comes.
#[component]
pub(super) fn Notes() -> Element {
    let notices = use_notices();
    let location = use_location();
    let noted = of_address(&location.read());
    rsx! {
        section { class: "ao-toasts", role: "status", "aria-label": own::shell::notifications(),
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
    let undo = |id| (own::actions::undo().to_owned(), format!("{}/{id}/restore", location.path));
    let (text, undo) = match note.what {
        What::Created => (own::shell::created(), None),
        What::Saved => (own::shell::saved(), None),
        What::Restored => (own::shell::restored(), None),
        What::Deleted => (own::shell::deleted(), note.id.map(undo)),
    };
    Some(Notice { id: 0, tone: Tone::Good, text: text.to_owned(), action: undo })
}

#[component]
fn Message(notice: Notice) -> Element {
    let visitor = use_visitor();
    let notices = use_notices();
    let tone = match notice.tone {
        Tone::Good => components::Tone::Good,
        Tone::Bad => components::Tone::Bad,
    };
    let id = notice.id;
    rsx! {
        div { class: "ao-toast {tone.class()}", "data-timeout": (tone != components::Tone::Bad).then_some("6000"),
            {icon(tone.icon())}
            p { "{notice.text}" }
            if let Some((label, action)) = &notice.action {
                form { method: "post", action: "{action}",
                    input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
                    button { r#type: "submit", class: "ao-toast-action", "{label}" }
                }
            }
            button {
                r#type: "button",
                class: "ao-button ao-button-quiet ao-button-icon ao-script-only",
                "aria-label": own::actions::close(),
                "data-close": "",
                onclick: move |_| notices.dismiss(id),
                {icon(icon!("x"))}
            }
        }
    }
}
