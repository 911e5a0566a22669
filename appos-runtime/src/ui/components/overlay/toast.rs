//! Toasts: what has just happened, for a few seconds.

use dioxus::prelude::*;

use super::super::icon::icon;
use super::super::tone::Tone;
use crate::icon;
use crate::ui::text::own::{actions, components as words};

/// What has just happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from the others.
    pub id: u64,
    /// What.
    pub text: String,
    /// What it means.
    pub tone: Tone,
    /// The word and the address of what can be done about it: undo.
    pub action: Option<(String, String)>,
}

/// The place of the toasts, once on a page. The script lets them go; what went wrong stays until it is closed.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Toasts { toasts: vec![Toast { text: "Saved.".to_owned(), tone: Tone::Good, ..Toast::default() }] }
/// }
/// # }
/// ```
#[component]
pub fn Toasts(
    /// What has happened, the latest last.
    toasts: Vec<Toast>,
    /// One was closed: its id.
    onclose: Option<EventHandler<u64>>,
) -> Element {
    let close =
        |id: u64| super::super::events::on_click(onclose.map(|onclose| EventHandler::new(move |_| onclose.call(id))));
    rsx! {
        // The region is there from the start: screen readers announce what is added to it.
        section { class: "ao-toasts", role: "status", "aria-label": words::messages(),
            for toast in toasts {
                div {
                    key: "{toast.id}",
                    class: "ao-toast {toast.tone.class()}",
                    // What went wrong stays until somebody closes it.
                    "data-timeout": (toast.tone != Tone::Bad).then_some("6000"),
                    {icon(toast.tone.icon())}
                    p { "{toast.text}" }
                    if let Some((label, to)) = &toast.action {
                        a { class: "ao-toast-action", href: "{to}", "{label}" }
                    }
                    button {
                        class: "ao-button ao-button-quiet ao-button-icon",
                        r#type: "button",
                        "aria-label": actions::close(),
                        "data-close": "",
                        ..close(toast.id),
                        {icon(icon!("x"))}
                    }
                }
            }
        }
    }
}
