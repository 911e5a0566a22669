//! The HTML around a page.

use dioxus::prelude::*;

use crate::ui::assets::address;

/// A whole HTML document; `body` is HTML.
pub(crate) fn document(language: &str, title: &str, body: &str) -> String {
    let head = dioxus_ssr::render_element(rsx! {
        meta { charset: "utf-8" }
        meta { name: "viewport", content: "width=device-width, initial-scale=1" }
        title { "{title}" }
        link { rel: "stylesheet", href: address("appos.css") }
    });
    // A language tag is of letters, digits and hyphens: nothing else can stand in the attribute.
    let language: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body>{body}</body></html>")
}
