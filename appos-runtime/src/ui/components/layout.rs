//! Where things stand: beside each other, below each other, in a frame.

use dioxus::prelude::*;

/// The last thing in what has the class `ao-at-once`: where each part stands depends on all of them, and a browser
/// that has not read up to here yet shows none, for nothing to move.
pub(in crate::ui) fn end() -> Element {
    rsx! {
        span { class: "ao-end", hidden: true }
    }
}

/// The room between things, in steps of four pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gap {
    /// None.
    None,
    /// 8 pixels.
    Small,
    /// 16 pixels.
    #[default]
    Medium,
    /// 24 pixels.
    Large,
}

impl Gap {
    fn class(self) -> &'static str {
        match self {
            Self::None => "ao-gap-none",
            Self::Small => "ao-gap-small",
            Self::Medium => "ao-gap-medium",
            Self::Large => "ao-gap-large",
        }
    }
}

/// Where the things of a [`Row`] stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At its beginning.
    #[default]
    Start,
    /// In its middle.
    Center,
    /// At its end.
    End,
    /// The first at the beginning, the last at the end.
    Between,
    /// Each as wide as the others, over all of it.
    Fill,
}

impl Align {
    fn class(self) -> &'static str {
        match self {
            Self::Start => "ao-align-start",
            Self::Center => "ao-align-center",
            Self::End => "ao-align-end",
            Self::Between => "ao-align-between",
            Self::Fill => "ao-align-fill",
        }
    }
}

/// Things beside each other, in as many lines as they need.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Row { align: Align::Between,
///         h2 { "Orders" }
///         Button { "Export" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Row(
    /// The room between them.
    #[props(default)]
    gap: Gap,
    /// Where they stand.
    #[props(default)]
    align: Align,
    /// The things.
    children: Element,
) -> Element {
    rsx! {
        div { class: "ao-row {gap.class()} {align.class()}", {children} }
    }
}

/// Things below each other.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Column { gap: Gap::Large,
///         Card { title: "Address" }
///         Card { title: "Orders" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Column(
    /// The room between them.
    #[props(default)]
    gap: Gap,
    /// The things.
    children: Element,
) -> Element {
    rsx! {
        div { class: "ao-column {gap.class()}", {children} }
    }
}

/// Things in columns of equal width: as many as there is room for, and no more than `columns`.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Grid { columns: 4,
///         Metric { label: "Customers", value: "1,204" }
///         Metric { label: "Orders", value: "312" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Grid(
    /// Most columns: 1 to 6.
    #[props(default = 3)]
    columns: u8,
    /// The room between them.
    #[props(default)]
    gap: Gap,
    /// The things.
    children: Element,
) -> Element {
    let columns = columns.clamp(1, 6);
    rsx! {
        div { class: "ao-grid ao-grid-{columns} {gap.class()}", {children} }
    }
}

/// A frame around what belongs together.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Card { title: "Address", description: "Where invoices go", actions: rsx! { Button { small: true, "Edit" } },
///         p { "1 Main Street" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Card(
    /// Its heading.
    title: Option<String>,
    /// A line below the heading.
    description: Option<String>,
    /// Beside the heading.
    actions: Option<Element>,
    /// Below a line at its end.
    footer: Option<Element>,
    /// What it holds reaches its edges: tables.
    #[props(default)]
    flush: bool,
    /// What it holds.
    children: Element,
) -> Element {
    rsx! {
        section { class: if flush { "ao-card ao-card-flush" } else { "ao-card" },
            if title.is_some() || actions.is_some() {
                div { class: "ao-card-head",
                    div { class: "ao-card-title",
                        if let Some(title) = title {
                            h2 { "{title}" }
                        }
                        if let Some(description) = description {
                            p { "{description}" }
                        }
                    }
                    if let Some(actions) = actions {
                        div { class: "ao-card-actions", {actions} }
                    }
                }
            }
            div { class: "ao-card-body", {children} }
            if let Some(footer) = footer {
                div { class: "ao-card-foot", {footer} }
            }
        }
    }
}

/// The head of a page: its name, what it is about, and what can be done.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     PageHeader { title: "Customers", description: "1,204 in all",
///         LinkButton { to: "/crm/customers/new", variant: ButtonVariant::Primary, "New customer" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn PageHeader(
    /// The name of the page, its first heading.
    title: String,
    /// A line below it.
    description: Option<String>,
    /// Beside the name: its state, say.
    badge: Option<Element>,
    /// What can be done.
    children: Element,
) -> Element {
    rsx! {
        header { class: "ao-page-header",
            div { class: "ao-page-title",
                div { class: "ao-page-name",
                    h1 { tabindex: "-1", "{title}" }
                    if let Some(badge) = badge {
                        {badge}
                    }
                }
                if let Some(description) = description {
                    p { "{description}" }
                }
            }
            div { class: "ao-page-actions ao-at-once",
                {children}
                {end()}
            }
        }
    }
}

/// Names and values, each pair in a line, as the details of a record are shown.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Details {
///         Detail { label: "E-mail", "ada@acme.example" }
///         Detail { label: "Credit limit", "5,000.00" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Details(
    /// The pairs: [`Detail`]s.
    children: Element,
) -> Element {
    rsx! {
        dl { class: "ao-details", {children} }
    }
}

/// A pair of [`Details`].
#[component]
pub fn Detail(
    /// The name.
    label: String,
    /// Takes the whole width, as long texts do.
    #[props(default)]
    wide: bool,
    /// The value.
    children: Element,
) -> Element {
    rsx! {
        div { class: if wide { "ao-detail ao-detail-wide" } else { "ao-detail" },
            dt { "{label}" }
            dd { {children} }
        }
    }
}
