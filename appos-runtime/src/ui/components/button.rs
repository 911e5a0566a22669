//! What is pressed.

use dioxus::prelude::*;

use super::events::on_click;
use super::icon::{IconName, icon, icon_if};
use crate::icon;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing to do here; at most one in view.
    Primary,
    /// Any other.
    #[default]
    Secondary,
    /// Without a frame, in bars and rows.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonVariant {
    fn class(self, small: bool) -> &'static str {
        match (self, small) {
            (Self::Primary, false) => "ao-button ao-button-primary",
            (Self::Primary, true) => "ao-button ao-button-primary ao-small",
            (Self::Secondary, false) => "ao-button",
            (Self::Secondary, true) => "ao-button ao-small",
            (Self::Quiet, false) => "ao-button ao-button-quiet",
            (Self::Quiet, true) => "ao-button ao-button-quiet ao-small",
            (Self::Danger, false) => "ao-button ao-button-danger",
            (Self::Danger, true) => "ao-button ao-button-danger ao-small",
        }
    }
}

/// A button. In a form, `submit` sends it; `name` and `value` then tell which button it was.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Button { variant: ButtonVariant::Primary, icon: "plus", submit: true, "Create" }
///     Button { onclick: move |_| {}, "Try again" }
/// }
/// # }
/// ```
#[component]
pub fn Button(
    /// How it looks.
    #[props(default)]
    variant: ButtonVariant,
    /// Before its text.
    icon: Option<IconName>,
    /// Sends the form around it.
    #[props(default)]
    submit: bool,
    /// The name under which `value` is sent.
    name: Option<String>,
    /// What is sent if this button sends the form.
    value: Option<String>,
    /// The id of the form that it sends, if that is not around it.
    form: Option<String>,
    /// Cannot be pressed.
    #[props(default)]
    disabled: bool,
    /// Its work is under way: cannot be pressed, and says so.
    #[props(default)]
    loading: bool,
    /// Lower, for rows and bars.
    #[props(default)]
    small: bool,
    /// The id of the [`Modal`](super::Modal) that it opens.
    opens: Option<String>,
    /// The id of the [`Menu`](super::Menu), or other popover, that it opens.
    popover: Option<String>,
    /// The id of the element.
    id: Option<String>,
    /// When it is pressed.
    onclick: Option<EventHandler<MouseEvent>>,
    /// Its text.
    children: Element,
) -> Element {
    let drawing = if loading { icon!("loader-circle").into() } else { icon };
    rsx! {
        button {
            class: variant.class(small),
            r#type: if submit { "submit" } else { "button" },
            id,
            name,
            value,
            "form": form,
            disabled: disabled || loading,
            "aria-busy": loading.then_some("true"),
            "data-opens": opens,
            "popovertarget": popover,
            ..on_click(onclick),
            {icon_if(drawing)}
            {children}
        }
    }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     LinkButton { to: "/crm/customers/new", icon: "plus", variant: ButtonVariant::Primary, "New customer" }
/// }
/// # }
/// ```
#[component]
pub fn LinkButton(
    /// Where it leads.
    to: String,
    /// How it looks.
    #[props(default)]
    variant: ButtonVariant,
    /// Before its text.
    icon: Option<IconName>,
    /// Lower, for rows and bars.
    #[props(default)]
    small: bool,
    /// What is behind it is a file to be kept.
    #[props(default)]
    download: bool,
    /// Its text.
    children: Element,
) -> Element {
    rsx! {
        a { class: variant.class(small), href: "{to}", download: download.then_some(""), {icon_if(icon)} {children} }
    }
}

/// A button that is only an icon. Its `label` is its name, and is shown when the pointer rests on it.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     IconButton { icon: "pencil", label: "Edit", to: "/crm/customers/1/edit" }
///     IconButton { icon: "x", label: "Close", onclick: move |_| {} }
/// }
/// # }
/// ```
#[component]
pub fn IconButton(
    /// The icon.
    #[props(into)]
    icon: IconName,
    /// What it does, in words.
    label: String,
    /// Where it leads; then it is a link.
    to: Option<String>,
    /// Sends the form around it.
    #[props(default)]
    submit: bool,
    /// The name under which `value` is sent.
    name: Option<String>,
    /// What is sent if this button sends the form.
    value: Option<String>,
    /// Cannot be pressed.
    #[props(default)]
    disabled: bool,
    /// The id of the [`Modal`](super::Modal) that it opens.
    opens: Option<String>,
    /// The id of the [`Menu`](super::Menu), or other popover, that it opens.
    popover: Option<String>,
    /// When it is pressed.
    onclick: Option<EventHandler<MouseEvent>>,
) -> Element {
    const CLASS: &str = "ao-button ao-button-quiet ao-button-icon";
    if let Some(to) = to {
        return rsx! {
            a { class: CLASS, href: "{to}", "aria-label": "{label}", title: "{label}", {self::icon(icon)} }
        };
    }
    rsx! {
        button {
            class: CLASS,
            r#type: if submit { "submit" } else { "button" },
            "aria-label": "{label}",
            title: "{label}",
            name,
            value,
            disabled,
            "data-opens": opens,
            "popovertarget": popover,
            ..on_click(onclick),
            {self::icon(icon)}
        }
    }
}
