//! Icons: drawn from a table in the program, so that no font and no file is loaded for them.

mod shapes;

use dioxus::core::SuperFrom;
use dioxus::prelude::*;

use crate::ui::markup::Markup;
use shapes::SHAPES;

/// An icon by its name, such as `house` or `users`: one of a selection of [Lucide](https://lucide.dev/icons).
///
/// A text is looked up when it is shown, and one that names no icon is a circle. [`icon!`](crate::icon) is
/// looked up by the compiler:
///
/// ```
/// use appos_runtime::ui::components::IconName;
/// const HOME: IconName = appos_runtime::icon!("house");
/// assert_eq!(HOME.name(), "house");
/// assert_eq!(IconName::find("hause"), None);
/// ```
///
/// ```compile_fail
/// const HOME: appos_runtime::ui::components::IconName = appos_runtime::icon!("hause"); // error: no icon has this name
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IconName(usize);

impl IconName {
    /// The icon with this name.
    pub const fn find(name: &str) -> Option<Self> {
        let (mut low, mut high) = (0, SHAPES.len());
        while low < high {
            let middle = low.midpoint(high);
            match compare(SHAPES[middle].0.as_bytes(), name.as_bytes()) {
                0 => return Some(Self(middle)),
                ..0 => low = middle + 1,
                _ => high = middle,
            }
        }
        None
    }

    /// What [`icon!`](crate::icon) stands for.
    ///
    /// # Panics
    /// No icon has the name; at compile time, as the macro asks in a constant.
    #[doc(hidden)]
    #[must_use]
    pub const fn known(name: &str) -> Self {
        match Self::find(name) {
            Some(icon) => icon,
            None => panic!("no icon has this name; `cargo doc` of IconName::all lists them"),
        }
    }

    /// Every icon, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..SHAPES.len()).map(Self)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        SHAPES[self.0].0
    }

    fn shape(self) -> &'static str {
        SHAPES[self.0].1
    }

    /// Writes it as HTML.
    pub(crate) fn write(self, html: &mut Markup) {
        // As `icon` draws it.
        html.own("<svg class=\"ao-icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">");
        html.own(self.shape()).own("</svg>");
    }
}

/// The order of two names: negative, zero or positive. `Ord` cannot be asked in a constant.
const fn compare(left: &[u8], right: &[u8]) -> i8 {
    let mut at = 0;
    while at < left.len() && at < right.len() {
        if left[at] != right[at] {
            return if left[at] < right[at] { -1 } else { 1 };
        }
        at += 1;
    }
    if left.len() == right.len() {
        0
    } else if left.len() < right.len() {
        -1
    } else {
        1
    }
}

impl From<&str> for IconName {
    fn from(name: &str) -> Self {
        Self::find(name).unwrap_or(const { Self::known("circle") })
    }
}

impl From<String> for IconName {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

/// Tells the two ways from a text to an icon apart.
#[doc(hidden)]
pub struct FromText;

impl SuperFrom<&str, FromText> for Option<IconName> {
    fn super_from(name: &str) -> Self {
        Some(name.into())
    }
}

impl SuperFrom<String, FromText> for Option<IconName> {
    fn super_from(name: String) -> Self {
        Some(name.into())
    }
}

/// An icon whose name the compiler looks up: `icon!("house")`.
#[macro_export]
macro_rules! icon {
    ($name:literal) => {
        const { $crate::ui::components::IconName::known($name) }
    };
}

/// An icon. Beside a text it says nothing to a screen reader; alone it needs a `title`.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Icon { name: "house" }
///     Icon { name: "triangle-alert", title: "Overdue" }
/// }
/// # }
/// ```
#[component]
pub fn Icon(
    /// Which one.
    #[props(into)]
    name: IconName,
    /// What it says, if no text beside it does.
    title: Option<String>,
) -> Element {
    match title {
        Some(title) => rsx! {
            span { class: "ao-icon-said", role: "img", "aria-label": "{title}", title: "{title}", {icon(name)} }
        },
        None => icon(name),
    }
}

/// The drawing of an icon, without a component around it.
pub(crate) fn icon(name: IconName) -> Element {
    rsx! {
        svg {
            class: "ao-icon",
            view_box: "0 0 24 24",
            "aria-hidden": "true",
            "focusable": "false",
            // A text of the program, from the table.
            dangerous_inner_html: name.shape(),
        }
    }
}

/// The drawing of an icon, if there is one.
pub(crate) fn icon_if(name: Option<IconName>) -> Element {
    name.map_or_else(|| rsx! {}, icon)
}
