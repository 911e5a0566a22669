//! Reads the keys of one attribute into a darling struct; every mistake is reported, every
//! correct key is kept.

use darling::FromMeta;
use darling::ast::NestedMeta;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, Meta};

use super::error::wording;
use crate::diagnostics::catalogue::attribute as catalogue;
use crate::diagnostics::{Diagnostic, Sink, nearest};

/// A key an author may write.
pub(crate) struct Key {
    /// As written.
    pub(crate) name: &'static str,
    /// A correct example, shown after a mistake.
    pub(crate) form: &'static str,
    /// True if it may be written more than once.
    pub(crate) repeatable: bool,
    /// True if its value is a list in braces.
    braced: bool,
}

impl Key {
    /// A key that is written at most once.
    pub(crate) const fn new(name: &'static str, form: &'static str) -> Self {
        Self { name, form, repeatable: false, braced: false }
    }

    /// A key that may be written several times.
    pub(crate) const fn repeatable(name: &'static str, form: &'static str) -> Self {
        Self { name, form, repeatable: true, braced: false }
    }

    /// A key whose value is a list in braces: `env = { dev = 0 }`.
    pub(crate) const fn braced(name: &'static str, form: &'static str) -> Self {
        Self { name, form, repeatable: false, braced: true }
    }
}

/// An attribute and the keys it knows.
pub(crate) struct Place {
    /// As the author sees it: `#[record]`, `length(..)`.
    pub(crate) name: &'static str,
    /// In the order in which they are listed to the author.
    pub(crate) keys: &'static [Key],
}

impl Place {
    /// The keys it knows.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }

    fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// True if the author meant to write this key, rightly or wrongly: then its absence is not a
/// second mistake.
pub(crate) fn is_attempted(tokens: &TokenStream, place: &Place, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(written) => {
            let written = written.to_string();
            written == name || (place.key(&written).is_none() && nearest(&written, place.names()) == Some(name))
        }
        _ => false,
    })
}

/// Reads the tokens between an attribute's parentheses.
pub(crate) fn read<K: FromMeta + Default>(tokens: TokenStream, place: &Place, sink: &Sink) -> K {
    let items = parse_items(tokens, place, sink);
    assemble(items, place, sink)
}

/// Reads all attributes with this name as if they were one.
pub(crate) fn read_attributes<'a, K: FromMeta + Default>(
    attributes: impl IntoIterator<Item = &'a Attribute>,
    place: &Place,
    sink: &Sink,
) -> K {
    let mut items = Vec::new();
    for attribute in attributes {
        match &attribute.meta {
            Meta::Path(_) => {}
            Meta::List(list) => items.extend(parse_items(list.tokens.clone(), place, sink)),
            Meta::NameValue(pair) => sink.push(catalogue::not_a_list(&pair.eq_token, place)),
        }
    }
    assemble(items, place, sink)
}

/// Splits into items. If the whole does not parse, each part between commas is tried alone, so
/// that one unfinished key does not hide the others.
fn parse_items(tokens: TokenStream, place: &Place, sink: &Sink) -> Vec<NestedMeta> {
    let tokens = parenthesize(tokens, place);
    if let Ok(items) = NestedMeta::parse_meta_list(tokens.clone()) {
        return items;
    }
    let mut items = Vec::new();
    for part in split_at_commas(tokens) {
        match NestedMeta::parse_meta_list(part.clone()) {
            Ok(parsed) => items.extend(parsed),
            Err(_) => sink.push(catalogue::unreadable_item(&part, place)),
        }
    }
    items
}

/// Turns `env = { .. }` into `env(..)`: as an expression, syn would take the braces for a block
/// and stumble over its commas.
fn parenthesize(tokens: TokenStream, place: &Place) -> TokenStream {
    let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_braced = |name: &str| place.key(name).is_some_and(|key| key.braced);
    for at in (2..trees.len()).rev() {
        if let (Some(TokenTree::Ident(key)), Some(TokenTree::Punct(sign)), Some(TokenTree::Group(value))) =
            (trees.get(at - 2), trees.get(at - 1), trees.get(at))
            && sign.as_char() == '='
            && value.delimiter() == Delimiter::Brace
            && is_braced(&key.to_string())
        {
            let mut list = Group::new(Delimiter::Parenthesis, value.stream());
            list.set_span(value.span());
            trees.splice(at - 1..=at, [TokenTree::from(list)]);
        }
    }
    trees.into_iter().collect()
}

fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(TokenStream::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.extend([token.clone()])),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn assemble<K: FromMeta + Default>(items: Vec<NestedMeta>, place: &Place, sink: &Sink) -> K {
    let mut kept: Vec<NestedMeta> = Vec::new();
    let mut seen: Vec<&'static str> = Vec::new();
    for item in items {
        let Some(path) = path_of(&item) else {
            sink.push(catalogue::value_without_key(&item, place));
            continue;
        };
        let name = darling::util::path_to_string(path);
        let Some(key) = place.key(&name) else {
            sink.push(catalogue::unknown_key(path, &name, place));
            continue;
        };
        if seen.contains(&key.name) && !key.repeatable {
            sink.push(catalogue::duplicate_key(path, key));
            continue;
        }
        seen.push(key.name);
        // Alone first: a wrong value must not take the correct ones with it.
        match K::from_list(std::slice::from_ref(&item)) {
            Ok(_) => kept.push(item),
            Err(errors) => {
                for error in errors.flatten() {
                    let span = error.explicit_span().unwrap_or_else(|| path.span());
                    sink.push(Diagnostic::at_span(
                        span,
                        format!("`{name}` {}", wording(&error)),
                        format!("write `{}`", key.form),
                    ));
                }
            }
        }
    }
    K::from_list(&kept).unwrap_or_default()
}

fn path_of(item: &NestedMeta) -> Option<&syn::Path> {
    match item {
        NestedMeta::Meta(meta) => Some(meta.path()),
        NestedMeta::NameValueInvalidExpr(pair) => Some(&pair.path),
        NestedMeta::Lit(_) => None,
    }
}
