//! The HTML around a page.

use crate::state::Preferences;
use crate::ui::assets::address;
use crate::ui::markup::Markup;
use crate::ui::text::is_right_to_left;

/// A whole HTML document; `body` is HTML, `page` the name by which a live page is claimed.
pub(crate) fn document(preferences: &Preferences, title: &str, body: &str, page: Option<&str>) -> String {
    let mut document = head(preferences, title);
    document.push_str(&rest(body, page));
    document
}

/// The beginning of a document, which names the files that a browser can ask for while the rest is on its way.
pub(crate) fn head(preferences: &Preferences, title: &str) -> String {
    let mut head = Markup::default();
    head.own("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    head.own("<title>").text(title).own("</title>");
    head.own("<link rel=\"icon\" type=\"image/svg+xml\" href=\"").text(&address("icon.svg")).own("\">");
    for file in ["appos.css", "themes.css"] {
        head.own("<link rel=\"stylesheet\" href=\"").text(&address(file)).own("\">");
    }
    head.own("<script src=\"").text(&address("appos.js")).own("\" defer></script>");
    format!("<!DOCTYPE html><html{}><head>{}</head>", attributes(preferences), head.into_html())
}

/// What follows the head of a document.
pub(crate) fn rest(body: &str, page: Option<&str>) -> String {
    // The name of a page has no character that would need to be escaped.
    let live = page.map(|page| format!(" data-live=\"{page}\"")).unwrap_or_default();
    format!("<body{live}>{body}</body></html>")
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
