//! Ways: breadcrumbs, pages of a list, tabs, steps.

use dioxus::prelude::*;

use super::events::on_click;
use super::icon::{IconName, icon, icon_if};
use super::layout::end;
use crate::icon;
use crate::ui::text::own::{actions, components as words};

/// One place on the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address; none for the page itself.
    pub to: Option<String>,
}

impl Crumb {
    /// A place that is left behind.
    pub fn link(label: impl Into<String>, to: impl Into<String>) -> Self {
        Self { label: label.into(), to: Some(to.into()) }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), to: None }
    }
}

/// The way to a page, from the outside in.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Breadcrumbs { crumbs: vec![Crumb::link("CRM", "/crm"), Crumb::link("Customers", "/crm/customers"), Crumb::here("Ada")] }
/// }
/// # }
/// ```
#[component]
pub fn Breadcrumbs(
    /// The places; the last is the page itself.
    crumbs: Vec<Crumb>,
) -> Element {
    let last = crumbs.len().saturating_sub(1);
    rsx! {
        nav { class: "ao-breadcrumbs", "aria-label": words::breadcrumbs(),
            ol {
                for (index , crumb) in crumbs.iter().enumerate() {
                    li { key: "{index}",
                        if let Some(to) = &crumb.to {
                            a { href: "{to}", "aria-current": (index == last).then_some("page"), "{crumb.label}" }
                        } else {
                            span { "aria-current": (index == last).then_some("page"), "{crumb.label}" }
                        }
                    }
                }
            }
        }
    }
}

/// To the pages before and after, and where one is. Lists with cursors know no numbers of pages.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Pagination { summary: "51–100 of 1,204", previous: "?page=1", next: "?page=3" }
/// }
/// # }
/// ```
#[component]
pub fn Pagination(
    /// Which rows these are.
    summary: String,
    /// The page before; none on the first.
    previous: Option<String>,
    /// The page after; none on the last.
    next: Option<String>,
    /// The first page.
    first: Option<String>,
    /// The last page.
    last: Option<String>,
    /// What it leads through, where a page has several.
    #[props(default = "Pages".to_owned())]
    label: String,
    /// Beside it: how many rows are shown, say.
    children: Element,
) -> Element {
    let paged = first.is_some() || last.is_some();
    rsx! {
        nav { class: "ao-pagination ao-at-once", "aria-label": "{label}",
            p { class: "ao-pagination-summary", "{summary}" }
            div { class: "ao-pagination-more", {children} }
            div { class: "ao-pagination-links",
                if paged {
                    {step(words::first_page(), icon!("chevrons-left"), first, None)}
                }
                {step(words::previous_page(), icon!("chevron-left"), previous, Some("prev"))}
                {step(words::next_page(), icon!("chevron-right"), next, Some("next"))}
                if paged {
                    {step(words::last_page(), icon!("chevrons-right"), last, None)}
                }
            }
            {end()}
        }
    }
}

fn step(label: &'static str, drawing: IconName, to: Option<String>, rel: Option<&'static str>) -> Element {
    const CLASS: &str = "ao-button ao-button-icon";
    match to {
        Some(to) => rsx! {
            a { class: CLASS, href: "{to}", rel, "aria-label": label, title: label, {icon(drawing)} }
        },
        // It stays where it was, so that the others do not move below the pointer.
        None => rsx! {
            a { class: CLASS, role: "link", "aria-disabled": "true", "aria-label": label, {icon(drawing)} }
        },
    }
}

/// One of several [`Tabs`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tab {
    /// Its word.
    pub label: String,
    /// The name of the tab: what `selected` and `onselect` call it.
    pub key: String,
    /// Its address, if it is one.
    pub to: Option<String>,
    /// A number beside the word.
    pub count: Option<String>,
    /// Before the word.
    pub icon: Option<IconName>,
    /// What it shows, of tabs without addresses.
    pub panel: Option<Element>,
}

impl Tab {
    /// A tab that is an address, as one of a page's parts should be.
    pub fn link(key: impl Into<String>, label: impl Into<String>, to: impl Into<String>) -> Self {
        Self { label: label.into(), key: key.into(), to: Some(to.into()), ..Self::default() }
    }

    /// A tab that shows something without leaving the page.
    pub fn panel(key: impl Into<String>, label: impl Into<String>, panel: Element) -> Self {
        Self { label: label.into(), key: key.into(), panel: Some(panel), ..Self::default() }
    }

    /// The same with a number beside it.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers are given as they are")]
    pub fn count(self, count: impl ToString) -> Self {
        Self { count: Some(count.to_string()), ..self }
    }

    /// The same with an icon.
    #[must_use]
    pub fn icon(self, icon: impl Into<IconName>) -> Self {
        Self { icon: Some(icon.into()), ..self }
    }
}

/// Parts of a page, one of which is shown. Tabs with addresses are links, and work without script; those
/// with panels are all in the page, one below the other without script, and are switched in the browser.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Tabs { label: "Customer", selected: "orders", tabs: vec![
///         Tab::link("details", "Details", "?"),
///         Tab::link("orders", "Orders", "?tab=orders").count(12),
///     ] }
/// }
/// # }
/// ```
#[component]
pub fn Tabs(
    /// What they are parts of.
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The one that is shown, by its key; else the first.
    selected: Option<String>,
    /// The beginning of the ids of the tabs; needed where a page has several sets with panels.
    #[props(default = "tabs".to_owned())]
    id: String,
    /// Another tab is chosen: its key.
    onselect: Option<EventHandler<String>>,
) -> Element {
    let chosen = tabs.iter().position(|tab| Some(&tab.key) == selected.as_ref()).unwrap_or_default();
    if tabs.iter().any(|tab| tab.panel.is_none()) {
        return rsx! {
            nav { class: "ao-tabs", "aria-label": "{label}",
                for (index , tab) in tabs.iter().enumerate() {
                    a {
                        key: "{tab.key}",
                        class: "ao-tab",
                        href: tab.to.clone().unwrap_or_default(),
                        "aria-current": (index == chosen).then_some("page"),
                        {tab_text(tab)}
                    }
                }
            }
        };
    }
    let pressed = |key: &str| {
        let key = key.to_owned();
        on_click(onselect.map(|onselect| EventHandler::new(move |_| onselect.call(key.clone()))))
    };
    rsx! {
        div { class: "ao-tabset",
            div { class: "ao-tabs", role: "tablist", "aria-label": "{label}", "data-tabs": "",
                for (index , tab) in tabs.iter().enumerate() {
                    button {
                        key: "{tab.key}",
                        class: "ao-tab",
                        r#type: "button",
                        role: "tab",
                        id: "{id}-{tab.key}",
                        "aria-controls": "{id}-{tab.key}-panel",
                        "aria-selected": if index == chosen { "true" } else { "false" },
                        tabindex: if index == chosen { "0" } else { "-1" },
                        ..pressed(&tab.key),
                        {tab_text(tab)}
                    }
                }
            }
            for (index , tab) in tabs.iter().enumerate() {
                div {
                    key: "{tab.key}",
                    class: "ao-tab-panel",
                    role: "tabpanel",
                    id: "{id}-{tab.key}-panel",
                    "aria-labelledby": "{id}-{tab.key}",
                    tabindex: "0",
                    hidden: index != chosen,
                    {tab.panel.clone().unwrap_or_else(|| rsx! {})}
                }
            }
        }
    }
}

fn tab_text(tab: &Tab) -> Element {
    rsx! {
        {icon_if(tab.icon)}
        "{tab.label}"
        if let Some(count) = &tab.count {
            span { class: "ao-count", "{count}" }
        }
    }
}

/// Long work of a person in steps: which there are, which are done, which one it is.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Wizard { label: "Import", steps: vec!["File".to_owned(), "Columns".to_owned(), "Check".to_owned()], current: 1,
///         back: "?step=1",
///         p { "Which column is which field?" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Wizard(
    /// What is done in these steps.
    label: String,
    /// The names of the steps.
    steps: Vec<String>,
    /// The step that is shown, from 0.
    current: usize,
    /// The address of the step before.
    back: Option<String>,
    /// The word on the button that sends the step; without one there is no such button.
    next: Option<String>,
    /// The id of the form that the button sends.
    form: Option<String>,
    /// What is to be done in this step.
    children: Element,
) -> Element {
    let last = steps.len().saturating_sub(1);
    let current = current.min(last);
    rsx! {
        section { class: "ao-wizard", "aria-label": "{label}",
            ol { class: "ao-steps",
                for (index , step) in steps.iter().enumerate() {
                    li {
                        key: "{index}",
                        class: if index < current { "ao-step ao-step-done" } else { "ao-step" },
                        "aria-current": (index == current).then_some("step"),
                        span { class: "ao-step-mark", "aria-hidden": "true",
                            if index < current {
                                {icon(icon!("check"))}
                            } else {
                                "{index + 1}"
                            }
                        }
                        span { "{step}" }
                        if index < current {
                            span { class: "ao-hidden", {words::done()} }
                        }
                    }
                }
            }
            div { class: "ao-wizard-body", {children} }
            div { class: "ao-wizard-foot",
                if let Some(back) = back {
                    a { class: "ao-button", href: "{back}", {icon(icon!("arrow-left"))} {actions::back()} }
                }
                if let Some(next) = next {
                    button { class: "ao-button ao-button-primary", r#type: "submit", "form": form, "{next}" }
                }
            }
        }
    }
}
