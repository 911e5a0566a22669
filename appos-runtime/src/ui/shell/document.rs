//! The HTML around a page.

use dioxus::prelude::*;

use crate::ui::page::Visitor;

/// A whole HTML document; `body` is HTML, and `live` the name by which its script claims it.
pub(crate) fn document(language: &str, title: &str, body: &str, live: Option<&str>) -> String {
    let head = dioxus_ssr::render_element(rsx! {
        meta { charset: "utf-8" }
        meta { name: "viewport", content: "width=device-width, initial-scale=1" }
        title { "{title}" }
        link { rel: "stylesheet", href: "/assets/appos.css" }
        script { src: "/assets/appos.js", defer: true }
    });
    // A language tag is of letters, digits and hyphens: nothing else can stand in the attribute.
    let language: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    // Nor has the name of a page a character that would need to be escaped.
    let live = live.map(|page| format!(" data-live=\"{page}\"")).unwrap_or_default();
    format!("<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body{live}>{body}</body></html>")
}

/// The title of a page with the name of its platform.
pub(crate) fn full_title(visitor: &Visitor, title: &str) -> String {
    let platform = visitor.platform;
    if title.is_empty() { platform.to_owned() } else { format!("{title} · {platform}") }
}
