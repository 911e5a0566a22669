//! A dialog above the page.

use dioxus::prelude::*;

use super::super::icon::icon;
use crate::icon;
use crate::ui::text::own::actions;

/// A dialog above the page. What is `open` stands in the page as a section without script, and is lifted
/// above it with script; the other kind waits for a button that `opens` it by its id.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Modal { id: "delete", title: "Delete this customer?", open: true, back: "/crm/customers/1",
///         actions: rsx! { Button { variant: ButtonVariant::Danger, submit: true, form: "deletion", "Delete" } },
///         p { "Its orders stay." }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Modal(
    /// The id by which a button opens it.
    id: String,
    /// What it asks or tells.
    title: String,
    /// It is open from the start.
    #[props(default)]
    open: bool,
    /// The address of the page without it, if it has one of its own.
    back: Option<String>,
    /// Wider, for tables and forms in two columns.
    #[props(default)]
    wide: bool,
    /// At the side of the window, over its whole height.
    #[props(default)]
    drawer: bool,
    /// It was closed.
    onclose: Option<EventHandler<MouseEvent>>,
    /// The buttons at its end.
    actions: Option<Element>,
    /// What it shows.
    children: Element,
) -> Element {
    let mut class = String::from("ao-modal");
    if wide {
        class.push_str(" ao-modal-wide");
    }
    if drawer {
        class.push_str(" ao-drawer");
    }
    rsx! {
        dialog {
            class,
            id: "{id}",
            open,
            "aria-labelledby": "{id}-title",
            "data-modal": if open { "open" } else { "closed" },
            div { class: "ao-modal-head",
                h2 { id: "{id}-title", "{title}" }
                if let Some(back) = &back {
                    a { class: "ao-button ao-button-quiet ao-button-icon", href: "{back}", "aria-label": actions::close(), title: actions::close(), "data-close": "",
                        {icon(icon!("x"))}
                    }
                } else {
                    // Closes without script, too.
                    form { method: "dialog",
                        button {
                            class: "ao-button ao-button-quiet ao-button-icon",
                            r#type: "submit",
                            "aria-label": actions::close(),
                            title: actions::close(),
                            "data-close": "",
                            ..super::super::events::on_click(onclose),
                            {icon(icon!("x"))}
                        }
                    }
                }
            }
            div { class: "ao-modal-body", {children} }
            if let Some(actions) = actions {
                div { class: "ao-modal-foot", {actions} }
            }
        }
    }
}
