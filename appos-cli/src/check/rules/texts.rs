//! References written as texts that name no object: those that are called, as the compiler resolved
//! the call, and any text that has the form of a reference into an app of this platform.

use std::collections::{BTreeMap, HashSet};

use proc_macro2::{TokenStream, TokenTree};

use crate::check::codes::UNKNOWN_TEXT;
use crate::check::finding::{Finding, Place};
use crate::check::subject::Subject;
use crate::impact::{Position, is_namespace};
use crate::terminal::{Failure, nearest};

#[expect(clippy::unnecessary_wraps, reason = "all rules have one shape")]
pub(super) fn unknown_texts(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let known: HashSet<&str> = subject.graph.nodes.keys().map(String::as_str).collect();
    let apps: HashSet<&str> = subject.graph.nodes.values().map(|node| node.app.as_str()).collect();
    let mut wrong: BTreeMap<Place, (String, String)> = BTreeMap::new();
    for text in &subject.graph.unresolved {
        let at = Position { line: text.place.line, column: text.place.column };
        let app = subject.graph.nodes.get(&text.from).map(|node| node.app.clone()).unwrap_or_default();
        wrong.insert(Place::new(&text.place.file, at), (app, text.text.clone()));
    }
    for file in &subject.files {
        let Ok(tokens) = file.text.parse::<TokenStream>() else { continue };
        let mut texts = Vec::new();
        collect(tokens, &mut texts);
        let is_wrong = |text: &str| is_reference(text, &apps) && !known.contains(text);
        for (at, text) in texts.into_iter().filter(|(at, text)| is_wrong(text) && !file.is_test(*at)) {
            wrong.insert(Place::new(&file.name, at), (file.app.clone(), text));
        }
    }
    Ok(wrong
        .into_iter()
        .map(|(place, (app, text))| {
            let help = nearest(&text, known.iter().copied().filter(|name| !name.contains('#'))).map_or_else(
                || "`cargo appos objects` lists all objects".to_owned(),
                |near| format!("write `\"{near}\"`"),
            );
            Finding::new(UNKNOWN_TEXT, format!("there is no object `{text}`"), help).at(Some(place)).of_app(&app)
        })
        .collect())
}

/// `app.namespace.name` with an app of this platform.
fn is_reference(text: &str, apps: &HashSet<&str>) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let [app, namespace, name] = parts[..] else { return false };
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    apps.contains(app) && is_namespace(namespace) && !name.is_empty() && name.chars().all(is_name)
}

fn collect(tokens: TokenStream, into: &mut Vec<(Position, String)>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), into),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    into.push((literal.span().start().into(), text.value()));
                }
            }
            _ => {}
        }
    }
}
