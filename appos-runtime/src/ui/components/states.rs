//! What stands where something else would: nothing yet, not here yet, went wrong.

use dioxus::prelude::*;

use super::icon::{IconName, icon};
use super::tone::Tone;
use crate::icon;
use crate::ui::text::own::components as words;

/// Nothing is here, why, and what to do about it.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     EmptyState { icon: "users", title: "No customers yet", description: "Customers that you add appear here.",
///         LinkButton { to: "/crm/customers/new", "New customer" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn EmptyState(
    /// What is not here.
    title: String,
    /// A sentence more.
    description: Option<String>,
    /// Above it.
    #[props(default = icon!("inbox"), into)]
    icon: IconName,
    /// What to do.
    children: Element,
) -> Element {
    rsx! {
        div { class: "ao-state",
            span { class: "ao-state-icon", {self::icon(icon)} }
            p { class: "ao-state-title", "{title}" }
            if let Some(description) = description {
                p { class: "ao-dim", "{description}" }
            }
            div { class: "ao-state-actions", {children} }
        }
    }
}

/// Something went wrong: what, what to do, and the execution under which the log has more.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     ErrorState { title: "The orders could not be read", execution: "01890c2e-7b1d-7000-8000-000000000000",
///         LinkButton { to: "", "Try again" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn ErrorState(
    /// What went wrong.
    title: String,
    /// A sentence more.
    description: Option<String>,
    /// The id of the execution.
    execution: Option<String>,
    /// What to do.
    children: Element,
) -> Element {
    rsx! {
        div { class: "ao-state ao-state-error", role: "alert",
            span { class: "ao-state-icon", {icon(icon!("circle-alert"))} }
            p { class: "ao-state-title", "{title}" }
            if let Some(description) = description {
                p { class: "ao-dim", "{description}" }
            }
            if let Some(execution) = execution {
                p { class: "ao-dim",
                    {words::execution()} " "
                    code { "{execution}" }
                }
            }
            div { class: "ao-state-actions", {children} }
        }
    }
}

/// The shape of what is still being loaded; it takes the room that the thing itself will take.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Skeleton { lines: 3 }
/// }
/// # }
/// ```
#[component]
pub fn Skeleton(
    /// How many lines.
    #[props(default = 1)]
    lines: u8,
    /// What is being loaded.
    #[props(default = words::loading().to_owned())]
    label: String,
) -> Element {
    rsx! {
        div { class: "ao-skeleton", role: "status",
            span { class: "ao-hidden", "{label}" }
            for line in 0..lines.max(1) {
                span { key: "{line}", class: "ao-bone", "aria-hidden": "true" }
            }
        }
    }
}

/// A sentence about the page as a whole, above what it is about.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Banner { tone: Tone::Warning, title: "Somebody else has changed this order.", "Load it again to see what is new." }
/// }
/// # }
/// ```
#[component]
pub fn Banner(
    /// What it means.
    #[props(default = Tone::Info)]
    tone: Tone,
    /// The sentence.
    title: String,
    /// What can be done, beside it.
    actions: Option<Element>,
    /// Further sentences.
    children: Element,
) -> Element {
    // What went wrong interrupts; the rest waits until a screen reader has finished its sentence.
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    rsx! {
        div { class: "ao-banner {tone.class()}", role,
            {icon(tone.icon())}
            div { class: "ao-banner-text",
                p { class: "ao-banner-title", "{title}" }
                {children}
            }
            if let Some(actions) = actions {
                div { class: "ao-banner-actions", {actions} }
            }
        }
    }
}
