//! What can be done with the rows that are ticked.

use crate::ui::text::own::components as words;
use dioxus::prelude::*;

/// A form with buttons for the ticked rows of a table. With script it appears when a row is ticked, and says
/// how many are; without, it is there, and sends what is ticked.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     BulkBar { id: "bulk", action: "/crm/customers/bulk", token: "…",
///         Button { small: true, submit: true, name: "do", value: "delete", variant: ButtonVariant::Danger, "Delete" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn BulkBar(
    /// The id of the form; the `form` of the table.
    id: String,
    /// Where it is sent.
    action: Option<String>,
    /// The token of the session (CSRF).
    token: Option<String>,
    /// It is sent.
    onsubmit: Option<EventHandler<FormEvent>>,
    /// The buttons.
    children: Element,
) -> Element {
    rsx! {
        form {
            class: "ao-bulk",
            id: "{id}",
            action,
            method: "post",
            "aria-label": words::selected_rows(),
            "data-bulk": "",
            ..super::super::events::on_submit(onsubmit),
            if let Some(token) = token {
                input { r#type: "hidden", name: "csrf_token", value: "{token}" }
            }
            p { class: "ao-bulk-count", role: "status", "data-bulk-count": "", {words::selected_rows()} ":" }
            div { class: "ao-bulk-actions", {children} }
        }
    }
}
