//! The HTML around a page.

use dioxus::prelude::*;

use crate::state::Preferences;
use crate::ui::assets::address;
use crate::ui::text::is_right_to_left;

/// A whole HTML document; `body` is HTML, `page` the name by which a live page is claimed.
pub(crate) fn document(preferences: &Preferences, title: &str, body: &str, page: Option<&str>) -> String {
    let head = dioxus_ssr::render_element(rsx! {
        meta { charset: "utf-8" }
        meta { name: "viewport", content: "width=device-width, initial-scale=1" }
        title { "{title}" }
        link { rel: "icon", r#type: "image/svg+xml", href: address("icon.svg") }
        link { rel: "stylesheet", href: address("appos.css") }
        link { rel: "stylesheet", href: address("themes.css") }
        script { src: address("appos.js"), defer: true }
    });
    let attributes = attributes(preferences);
    // The name of a page has no character that would need to be escaped.
    let live = page.map(|page| format!(" data-live=\"{page}\"")).unwrap_or_default();
    format!("<!DOCTYPE html><html{attributes}><head>{head}</head><body{live}>{body}</body></html>")
}

/// What `<html>` says of the reader's preferences.
pub(crate) fn attributes(preferences: &Preferences) -> String {
    // A language tag is of letters, digits and hyphens: nothing else can stand in the attribute.
    let language: String = preferences.language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let direction = if is_right_to_left(&language) { " dir=\"rtl\"" } else { "" };
    let Preferences { theme, density, .. } = preferences;
    format!(" lang=\"{language}\"{direction} data-theme=\"{theme}\" data-density=\"{density}\"")
}

/// The title of a page with the name of its platform.
pub(crate) fn full_title(platform: &str, title: &str) -> String {
    if title.is_empty() { platform.to_owned() } else { format!("{title} · {platform}") }
}
