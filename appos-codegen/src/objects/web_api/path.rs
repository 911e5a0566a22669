//! The path of a web API: words and parameters between slashes.

use syn::LitStr;

use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::web_api as catalogue;

/// A path, taken apart.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// As it is served: `/orders/{order}/notes`.
    pub(super) text: String,
    /// Names of its parameters, in order.
    pub(super) parameters: Vec<String>,
    /// The literal, to point at.
    pub(super) literal: Option<LitStr>,
}

/// Paths below the first version of an app that are the platform's.
const OWN: [&str; 2] = ["processes", "rules"];

/// Reads a path; every mistake is reported at the text.
pub(super) fn resolve(written: &Text, version: u32, sink: &Sink) -> Path {
    let (literal, text) = (written.literal(), written.value());
    let mut path = Path { text: text.clone(), parameters: Vec::new(), literal: Some(literal.clone()) };
    let rest = text.strip_prefix('/').filter(|rest| !rest.is_empty());
    let Some(rest) = rest else {
        let word = text.trim_matches('/');
        let word = if word.is_empty() { "orders" } else { word };
        let help = format!("write `\"/{word}\"`; `/api`, the app and the version come before it by themselves");
        sink.push(catalogue::path(literal, "is no `/` and a word after it", help));
        return path;
    };
    for (place, segment) in rest.split('/').enumerate() {
        if let Some(name) = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) {
            let problem = if syn::parse_str::<syn::Ident>(name).is_err() {
                Some((format!("has `{{{name}}}`, which names no parameter"), "write a name in braces, such as `{id}`"))
            } else if place == 0 {
                let problem = format!("begins with `{{{name}}}`, which would fit every other path of the app");
                Some((problem, "begin with a word, such as `/orders/{order}`"))
            } else if path.parameters.iter().any(|known| known == name) {
                Some((format!("names `{{{name}}}` twice"), "give each place a name of its own"))
            } else {
                None
            };
            if let Some((problem, help)) = problem {
                sink.push(catalogue::path(literal, &problem, help));
            }
            path.parameters.push(name.to_owned());
        } else if let Some((problem, help)) = wrong_word(segment, (place, version)) {
            sink.push(catalogue::path(literal, &problem, help));
        }
    }
    path
}

/// What is wrong with a fixed part, and the correct form.
fn wrong_word(segment: &str, (place, version): (usize, u32)) -> Option<(String, &'static str)> {
    if place == 0 && version == 1 && OWN.contains(&segment) {
        let problem = format!("begins with `{segment}`, where every app has its {segment}");
        return Some((problem, "begin with another word, or write `version = 2`"));
    }
    if segment.is_empty() {
        let problem = "has an empty part between two slashes or at its end".to_owned();
        return Some((problem, "write one slash between two words, and none at the end"));
    }
    if segment.contains(['{', '}']) {
        let problem = format!("mixes text and a parameter in `{segment}`");
        return Some((problem, "a parameter fills a whole part: `/orders/{order}`"));
    }
    if segment == "." || segment == ".." {
        return Some((format!("has the part `{segment}`, which clients take away"), "write a word"));
    }
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '-' | '_' | '.');
    let other = segment.chars().find(|sign| !fits(*sign))?;
    Some((format!("has `{other}` in `{segment}`"), "use lower-case letters, digits, `-`, `_` and `.`"))
}
