//! The HTML around a page.

use dioxus::prelude::*;

use crate::ui::live::Painted;
use crate::ui::page::Visitor;

/// A whole HTML document.
pub(crate) fn document(visitor: &Visitor, painted: &Painted) -> String {
    let Painted { title, body, page, .. } = painted;
    let title = full_title(visitor, title);
    let head = dioxus_ssr::render_element(rsx! {
        meta { charset: "utf-8" }
        meta { name: "viewport", content: "width=device-width, initial-scale=1" }
        title { "{title}" }
        link { rel: "stylesheet", href: "/assets/appos.css" }
        script { src: "/assets/appos.js", defer: true }
    });
    let language = escaped(&visitor.language);
    // The name of a page has no character that would need to be escaped.
    let live = page.as_ref().map(|page| format!(" data-live=\"{page}\"")).unwrap_or_default();
    format!("<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body{live}>{body}</body></html>")
}

/// The title of a page with the name of its platform.
pub(crate) fn full_title(visitor: &Visitor, title: &str) -> String {
    let platform = visitor.platform;
    if title.is_empty() { platform.to_owned() } else { format!("{title} · {platform}") }
}

/// A text as part of an attribute.
fn escaped(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}
