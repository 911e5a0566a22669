//! The search field of the frame.

use dioxus::prelude::*;

use super::super::icon::icon;
use crate::icon;
use crate::ui::text::own::components as words;

/// The field in the top bar that looks through everything. A form: it works without script. The key `/`
/// leads into it.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     GlobalSearch { action: "/search", query: "ada" }
/// }
/// # }
/// ```
#[component]
pub fn GlobalSearch(
    /// The page of the results.
    #[props(default = "/search".to_owned())]
    action: String,
    /// What is looked for.
    #[props(default)]
    query: String,
    /// What it says when it is empty.
    #[props(default = "Search".to_owned())]
    label: String,
    /// The keys that open the palette, to be shown.
    #[props(default = "Ctrl K".to_owned())]
    keys: String,
) -> Element {
    rsx! {
        form { class: "ao-search", role: "search", "aria-label": "{label}", action: "{action}", method: "get",
            {icon(icon!("search"))}
            input {
                class: "ao-search-input",
                r#type: "search",
                name: "q",
                value: "{query}",
                placeholder: "{label}",
                "aria-label": "{label}",
                autocomplete: "off",
                "data-key": "/",
            }
            if !keys.is_empty() {
                button {
                    class: "ao-search-keys ao-script-only",
                    r#type: "button",
                    "aria-label": words::go_to_anything(&keys),
                    "data-opens": "palette",
                    "data-key": "ctrl+k",
                    kbd { "{keys}" }
                }
            }
        }
    }
}
