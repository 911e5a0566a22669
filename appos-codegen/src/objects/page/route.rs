//! The route of a page: words and parameters between slashes.

use syn::LitStr;

use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::screen as catalogue;

/// A route, taken apart.
#[derive(Debug, Default)]
pub(super) struct Route {
    /// As it is served: `/customers/{id}/report`.
    pub(super) text: String,
    /// Names of its parameters, in order.
    pub(super) parameters: Vec<String>,
    /// The literal, to point at.
    pub(super) literal: Option<LitStr>,
}

/// Reads a route; every mistake is reported at the text.
pub(super) fn resolve_route(written: &Text, sink: &Sink) -> Route {
    let (literal, text) = (written.literal(), written.value());
    let mut route = Route { text: text.clone(), parameters: Vec::new(), literal: Some(literal.clone()) };
    let Some(rest) = text.strip_prefix('/') else {
        let help = format!("write `\"/{text}\"`; the name of the app comes before it by itself");
        sink.push(catalogue::route(literal, "does not begin with `/`", help));
        return route;
    };
    if rest.is_empty() {
        return route;
    }
    for (place, segment) in rest.split('/').enumerate() {
        if let Some(name) = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) {
            read_parameter(&mut route, (literal, place), name, sink);
        } else if let Some((problem, help)) = wrong_word(segment, &text) {
            sink.push(catalogue::route(literal, &problem, help));
        }
    }
    route
}

fn read_parameter(route: &mut Route, (literal, place): (&LitStr, usize), name: &str, sink: &Sink) {
    if syn::parse_str::<syn::Ident>(name).is_err() {
        let problem = format!("has `{{{name}}}`, which names no parameter");
        sink.push(catalogue::route(literal, &problem, "write the name of a parameter in braces, such as `{id}`"));
    } else if place == 0 {
        // Otherwise it would answer for every screen of the app.
        let problem = format!("begins with `{{{name}}}`, which would fit every other screen of the app");
        sink.push(catalogue::route(literal, &problem, "begin with a word, such as `/reports/{..}`"));
    } else if route.parameters.iter().any(|known| known == name) {
        sink.push(catalogue::route(literal, &format!("names `{{{name}}}` twice"), "give each place its own name"));
    }
    route.parameters.push(name.to_owned());
}

/// What is wrong with a fixed part of a route, and the correct form.
fn wrong_word(segment: &str, route: &str) -> Option<(String, String)> {
    if segment.is_empty() {
        let whole = route.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        return Some((
            "has an empty part between two slashes or at its end".to_owned(),
            format!("write `\"/{whole}\"`"),
        ));
    }
    if segment.contains(['{', '}']) {
        let problem = format!("mixes text and a parameter in `{segment}`");
        return Some((problem, "a parameter fills a whole part: `/reports/{id}`".to_owned()));
    }
    if segment == "." || segment == ".." {
        return Some((format!("has the part `{segment}`, which browsers take away"), "write a word".to_owned()));
    }
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '-' | '_' | '.');
    let other = segment.chars().find(|sign| !fits(*sign))?;
    let problem = format!("has `{other}` in `{segment}`");
    Some((problem, "use lower-case letters, digits, `-`, `_` and `.`".to_owned()))
}
