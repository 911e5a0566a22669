//! The HTML around a page.

use dioxus::prelude::*;

use crate::ui::live::Painted;
use crate::ui::page::Visitor;

/// A whole HTML document.
pub(crate) fn document(visitor: &Visitor, painted: &Painted) -> String {
    let Painted { title, body, .. } = painted;
    let platform = visitor.platform;
    let title = if title.is_empty() { platform.to_owned() } else { format!("{title} · {platform}") };
    let head = dioxus_ssr::render_element(rsx! {
        meta { charset: "utf-8" }
        meta { name: "viewport", content: "width=device-width, initial-scale=1" }
        title { "{title}" }
        link { rel: "stylesheet", href: "/assets/appos.css" }
    });
    let language = escaped(&visitor.language);
    format!("<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body>{body}</body></html>")
}

/// A text as part of an attribute.
fn escaped(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}
