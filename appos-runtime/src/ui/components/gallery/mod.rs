//! Every component with its states, and the code beside it: the code is the file that was compiled.

mod samples;
#[cfg(test)]
mod tests;

use dioxus::prelude::*;

use super::layout::PageHeader;
use samples::{SAMPLES, Sample};

/// Every component with its states, and the code that shows it. A page of it is one line:
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Gallery {}
/// }
/// # }
/// ```
#[component]
pub fn Gallery() -> Element {
    rsx! {
        PageHeader { title: "Components", description: "What screens are made of, and the code of each." }
        nav { class: "ao-gallery-index", "aria-label": "Components",
            ul {
                for sample in SAMPLES {
                    li { key: "{sample.id}",
                        a { href: "#{sample.id}", "{sample.title}" }
                    }
                }
            }
        }
        for sample in SAMPLES {
            Shown { key: "{sample.id}", sample }
        }
    }
}

#[component]
fn Shown(sample: &'static Sample) -> Element {
    let code = code(sample.source);
    let show = sample.show;
    rsx! {
        section { class: "ao-gallery-sample", id: sample.id, "aria-labelledby": "{sample.id}-title",
            h2 { id: "{sample.id}-title", "{sample.title}" }
            div { class: "ao-gallery-shown", {show()} }
            details { class: "ao-gallery-code",
                summary { "Code" }
                pre { tabindex: "0", role: "region", "aria-label": "Code of {sample.title}",
                    code { "{code}" }
                }
            }
        }
    }
}

/// A file without what is only needed to compile it: its first words and its imports.
fn code(source: &str) -> &str {
    source.find("pub(super) fn").map_or(source, |begin| source[begin..].trim_start_matches("pub(super) ").trim_end())
}
