//! Menus: lists of things to do, behind a button.

use dioxus::prelude::*;

use super::super::icon::{IconName, icon, icon_if};
use crate::icon;

/// An entry of a [`Menu`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuLink {
    /// What it does.
    pub label: String,
    /// Before its text.
    pub icon: Option<IconName>,
    /// What happens.
    pub action: MenuItem,
    /// It takes something away.
    pub danger: bool,
    /// The keys that do the same, to be shown.
    pub keys: Option<String>,
}

/// What an entry of a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuItem {
    /// Leads to this address.
    Link(String),
    /// Keeps the file at this address.
    Download(String),
    /// Sends the form with this id, with this name and value.
    Submit {
        /// The id of the form.
        form: String,
        /// The name of the value.
        name: String,
        /// The value.
        value: String,
    },
    /// Opens the [`Modal`](super::Modal) with this id.
    Opens(String),
}

impl MenuLink {
    /// Leads to an address.
    pub fn to(label: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(label, MenuItem::Link(to.into()))
    }

    /// Keeps the file at an address.
    pub fn download(label: impl Into<String>, from: impl Into<String>) -> Self {
        Self::new(label, MenuItem::Download(from.into()))
    }

    /// Opens the modal with this id.
    pub fn opens(label: impl Into<String>, id: impl Into<String>) -> Self {
        Self::new(label, MenuItem::Opens(id.into()))
    }

    /// Sends the form with this id, with this name and value.
    pub fn submit(
        label: impl Into<String>,
        form: impl Into<String>,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(label, MenuItem::Submit { form: form.into(), name: name.into(), value: value.into() })
    }

    fn new(label: impl Into<String>, action: MenuItem) -> Self {
        Self { label: label.into(), icon: None, action, danger: false, keys: None }
    }

    /// The same with an icon.
    #[must_use]
    pub fn icon(self, icon: impl Into<IconName>) -> Self {
        Self { icon: Some(icon.into()), ..self }
    }

    /// The same, marked as what takes something away.
    #[must_use]
    pub fn danger(self) -> Self {
        Self { danger: true, ..self }
    }

    /// The same with the keys that do it, to be shown.
    #[must_use]
    pub fn keys(self, keys: impl Into<String>) -> Self {
        Self { keys: Some(keys.into()), ..self }
    }
}

/// Entries of a menu that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MenuSection {
    /// What they have in common; not shown if it is empty.
    pub label: String,
    /// The entries.
    pub links: Vec<MenuLink>,
}

impl MenuSection {
    /// Entries without a heading.
    pub fn of(links: Vec<MenuLink>) -> Self {
        Self { label: String::new(), links }
    }

    /// Entries below a heading.
    pub fn named(label: impl Into<String>, links: Vec<MenuLink>) -> Self {
        Self { label: label.into(), links }
    }
}

/// A button with a list of things to do behind it. Opens and closes without script.
///
/// A menu holds links and buttons, as a list that is read and walked through like any other.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Menu { id: "actions", label: "Actions", sections: vec![
///         MenuSection::of(vec![
///             MenuLink::to("Edit", "/crm/customers/1/edit").icon("pencil"),
///             MenuLink::opens("Delete", "delete").icon("trash-2").danger(),
///         ]),
///     ] }
/// }
/// # }
/// ```
#[component]
pub fn Menu(
    /// The id of the list, different from every other on the page.
    id: String,
    /// The name of the button.
    label: String,
    /// Its icon; alone, if `compact`.
    icon: Option<IconName>,
    /// The button is only its icon.
    #[props(default)]
    compact: bool,
    /// The button has no frame.
    #[props(default)]
    quiet: bool,
    /// The list ends where the button ends, instead of beginning where it begins.
    #[props(default)]
    end: bool,
    /// The entries.
    #[props(default)]
    sections: Vec<MenuSection>,
    /// Anything else, below them: a form with boxes to tick, say.
    children: Element,
) -> Element {
    let drawing = icon.unwrap_or(icon!("ellipsis"));
    let class = match (compact, quiet) {
        (true, _) => "ao-button ao-button-quiet ao-button-icon",
        (false, true) => "ao-button ao-button-quiet",
        (false, false) => "ao-button",
    };
    rsx! {
        div { class: if end { "ao-menu ao-menu-end" } else { "ao-menu" },
            button {
                class,
                r#type: "button",
                "popovertarget": "{id}",
                "aria-haspopup": "true",
                "aria-label": compact.then(|| label.clone()),
                title: compact.then(|| label.clone()),
                if compact {
                    {self::icon(drawing)}
                } else {
                    {icon_if(icon)}
                    "{label}"
                    {self::icon(icon!("chevron-down"))}
                }
            }
            div { class: "ao-menu-list", id: "{id}", "popover": "auto", role: "group", "aria-label": "{label}", "data-menu": "",
                for (index , section) in sections.iter().enumerate() {
                    div { key: "{index}", class: "ao-menu-section",
                        if !section.label.is_empty() {
                            p { class: "ao-menu-label", id: "{id}-{index}", "{section.label}" }
                        }
                        ul { "aria-labelledby": (!section.label.is_empty()).then(|| format!("{id}-{index}")),
                            for (index , link) in section.links.iter().enumerate() {
                                li { key: "{index}", {entry(link)} }
                            }
                        }
                    }
                }
                {children}
            }
        }
    }
}

fn entry(link: &MenuLink) -> Element {
    let class = if link.danger { "ao-menu-link ao-bad" } else { "ao-menu-link" };
    let text = rsx! {
        {icon_if(link.icon)}
        span { class: "ao-menu-text", "{link.label}" }
        if let Some(keys) = &link.keys {
            kbd { "{keys}" }
        }
    };
    match &link.action {
        MenuItem::Link(to) => rsx! {
            a { class, href: "{to}", {text} }
        },
        MenuItem::Download(from) => rsx! {
            a { class, href: "{from}", download: "", {text} }
        },
        MenuItem::Submit { form, name, value } => rsx! {
            button { class, r#type: "submit", "form": "{form}", name: "{name}", value: "{value}", {text} }
        },
        MenuItem::Opens(id) => rsx! {
            button { class, r#type: "button", "data-opens": "{id}", {text} }
        },
    }
}
