//! Small things that say how something is: badges, tags, avatars, bars of progress.

use dioxus::prelude::*;

use super::icon::icon;
use super::tone::Tone;
use crate::icon;
use crate::ui::text::own::{actions, components as words};

/// A state in a word, with its colour and a dot beside it.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Badge { label: "Paid", tone: Tone::Good }
/// }
/// # }
/// ```
#[component]
pub fn Badge(
    /// The word.
    label: String,
    /// What it means.
    #[props(default)]
    tone: Tone,
) -> Element {
    rsx! {
        span { class: "ao-badge {tone.class()}", "{label}" }
    }
}

/// A word that something is filed under, or a filter that is set; with `remove` it can be taken off.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Tag { label: "Status: open", remove: "/crm/orders" }
/// }
/// # }
/// ```
#[component]
pub fn Tag(
    /// The word.
    label: String,
    /// Where it leads.
    to: Option<String>,
    /// The address without it.
    remove: Option<String>,
) -> Element {
    rsx! {
        span { class: "ao-tag",
            if let Some(to) = to {
                a { href: "{to}", "{label}" }
            } else {
                span { "{label}" }
            }
            if let Some(remove) = remove {
                a { class: "ao-tag-remove", href: "{remove}", "aria-label": words::remove(&label), title: actions::remove(),
                    {icon(icon!("x"))}
                }
            }
        }
    }
}

/// Somebody, by the first letters of the name.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Avatar { name: "Ada Lovelace" }
/// }
/// # }
/// ```
#[component]
pub fn Avatar(
    /// The name.
    name: String,
    /// The name is written beside it.
    #[props(default)]
    named: bool,
) -> Element {
    let letters = initials(&name);
    // The same name has the same colour wherever it stands.
    let hue = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 6;
    if named {
        return rsx! {
            span { class: "ao-person",
                span { class: "ao-avatar ao-avatar-{hue}", "aria-hidden": "true", "{letters}" }
                "{name}"
            }
        };
    }
    rsx! {
        span { class: "ao-avatar ao-avatar-{hue}", role: "img", "aria-label": "{name}", title: "{name}", "{letters}" }
    }
}

/// The first letters of the first and of the last name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// How far something is: a part of a whole, or only that it runs.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Progress { label: "Importing customers", value: 34.0, note: "340 of 1,000 rows" }
///     Progress { label: "Waiting for the server" }
/// }
/// # }
/// ```
#[component]
pub fn Progress(
    /// What is under way.
    label: String,
    /// How much of it is done, of `max`; none if nobody knows.
    value: Option<f64>,
    /// All of it.
    #[props(default = 100.0)]
    max: f64,
    /// A line beside it, instead of a share in percent.
    note: Option<String>,
) -> Element {
    let max = if max > 0.0 { max } else { 1.0 };
    let value = value.map(|value| if value.is_nan() { 0.0 } else { value.clamp(0.0, max) });
    let note = note.or_else(|| value.map(|value| format!("{:.0} %", value / max * 100.0)));
    rsx! {
        div { class: "ao-progress",
            div { class: "ao-progress-head",
                span { "{label}" }
                if let Some(note) = note {
                    span { class: "ao-dim", "{note}" }
                }
            }
            progress { "aria-label": "{label}", max: "{max}", value: value.map(|value| value.to_string()) }
        }
    }
}

/// A text that appears when the pointer rests on something, and that a screen reader reads with it.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Tooltip { text: "29 November 2026, 13:05", "2 hours ago" }
/// }
/// # }
/// ```
#[component]
pub fn Tooltip(
    /// The text.
    text: String,
    /// What it is about.
    children: Element,
) -> Element {
    rsx! {
        abbr { class: "ao-tooltip", title: "{text}", {children} }
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_the_last_name() {
        assert_eq!(initials("Ada King Lovelace"), "AL");
        assert_eq!(initials("plato"), "P");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("(ø) ßtraße"), "ØSS");
    }
}
