//! JSON to be read by people.

use crate::ui::text::own::components as words;
use dioxus::prelude::*;
use serde_json::Value;

/// Deepest nesting that is shown part by part; below it stands the text.
const DEEPEST: usize = 16;
/// Most entries of one object or list that are shown.
const MOST: usize = 200;

/// JSON, each object and list of which can be folded; works without script.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     JsonView { label: "Payload", value: serde_json::json!({ "id": 42, "tags": ["new", "paid"] }) }
/// }
/// # }
/// ```
#[component]
pub fn JsonView(
    /// What it is.
    label: String,
    /// The JSON.
    value: Value,
    /// How many levels are unfolded at first.
    #[props(default = 2)]
    open: usize,
) -> Element {
    rsx! {
        div { class: "ao-json", role: "group", "aria-label": "{label}", {part(None, &value, 0, open)} }
    }
}

fn part(name: Option<&str>, value: &Value, depth: usize, open: usize) -> Element {
    let (count, brackets) = match value {
        Value::Object(entries) if !entries.is_empty() => (entries.len(), ("{", "}")),
        Value::Array(items) if !items.is_empty() => (items.len(), ("[", "]")),
        _ => return line(name, value),
    };
    if depth >= DEEPEST {
        return line(name, value);
    }
    let inner: Vec<Element> = match value {
        Value::Object(entries) => {
            entries.iter().take(MOST).map(|(name, value)| part(Some(name), value, depth + 1, open)).collect()
        }
        Value::Array(items) => items.iter().take(MOST).map(|value| part(None, value, depth + 1, open)).collect(),
        _ => Vec::new(),
    };
    let entries = words::entries(count);
    rsx! {
        details { open: depth < open,
            summary {
                if let Some(name) = name {
                    span { class: "ao-json-name", "{name}: " }
                }
                span { class: "ao-dim", "{brackets.0} {entries} {brackets.1}" }
            }
            ul {
                for (index , element) in inner.into_iter().enumerate() {
                    li { key: "{index}", {element} }
                }
                if count > MOST {
                    li { class: "ao-dim", {words::more_entries(count - MOST)} }
                }
            }
        }
    }
}

fn line(name: Option<&str>, value: &Value) -> Element {
    let class = match value {
        Value::String(_) => "ao-json-text",
        Value::Number(_) => "ao-json-number",
        Value::Bool(_) | Value::Null => "ao-json-word",
        Value::Object(_) | Value::Array(_) => "ao-dim",
    };
    rsx! {
        if let Some(name) = name {
            span { class: "ao-json-name", "{name}: " }
        }
        span { class, "{value}" }
    }
}
