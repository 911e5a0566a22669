//! Finds the texts of translation sets in the source of an app, so that `t!` can tell what is meant.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::model::resolve;
use super::syntax::{TextSyntax, TranslationSetKeys, split, texts_of};
use crate::diagnostics::Sink;
use crate::naming;
use crate::project::{KnownText, Project};
use crate::syntax::Function;

/// The texts of a file. Sets under a `#[cfg(..)]` are among them; what cannot be read is not.
pub fn texts_in(source: &str) -> Vec<KnownText> {
    // Most files have no set.
    if !source.contains("translation_set") {
        return Vec::new();
    }
    let Ok(tokens) = source.parse::<TokenStream>() else { return Vec::new() };
    let mut found = Vec::new();
    find(tokens, &mut found);
    found
}

fn find(tokens: TokenStream, found: &mut Vec<KnownText>) {
    let mut name: Option<String> = None;
    let mut marked = false;
    let mut after_fn = false;
    let mut after_sign = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) if after_sign && group.delimiter() == Delimiter::Bracket => {
                marked |= names_the_attribute(group.stream());
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                match (marked, name.take()) {
                    (true, Some(set)) => found.extend(texts_of_set(&set, group.stream())),
                    _ => find(group.stream(), found),
                }
                marked = false;
            }
            TokenTree::Ident(word) if after_fn => name = Some(naming::stem(&word)),
            TokenTree::Ident(word) => {
                after_fn = word == "fn";
                after_sign = false;
                continue;
            }
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                after_sign = true;
                continue;
            }
            TokenTree::Punct(sign) if sign.as_char() == ';' => marked = false,
            _ => {}
        }
        after_fn = false;
        after_sign = false;
    }
}

/// True for `translation_set`, `translation_set(..)` and `appos::translation_set`.
fn names_the_attribute(attribute: TokenStream) -> bool {
    let words = attribute.into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
    let last = words.filter_map(|token| if let TokenTree::Ident(word) = token { Some(word) } else { None }).last();
    last.is_some_and(|word| word == "translation_set")
}

fn texts_of_set(set: &str, body: TokenStream) -> Vec<KnownText> {
    let texts = split(texts_of(body).unwrap_or_default());
    let texts: Vec<TextSyntax> = texts.into_iter().filter_map(|text| syn::parse2(text).ok()).collect();
    let Ok(function) = syn::parse_str::<syn::ItemFn>("fn texts() -> Translations {}") else { return Vec::new() };
    let function = Function {
        attributes: Vec::new(),
        signature: function.sig,
        body: proc_macro2::Group::new(Delimiter::Brace, TokenStream::new()),
    };
    // What is wrong with them is told where they stand.
    let sink = Sink::new();
    let resolved = resolve(TranslationSetKeys::default(), &function, texts, &Project::default(), &sink);
    sink.finish();
    let known =
        |text: super::model::Text| KnownText { set: set.to_owned(), key: text.key, parameters: text.parameters };
    resolved.texts.into_iter().map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::texts_in;

    #[test]
    fn texts_are_found_with_their_set_and_parameters() {
        let source = "mod a { #[appos::translation_set(use = [\"x\"])] /// Docs.\n pub fn labels() -> Translations { translations! {\n\
                      customers: { en: \"Customers\" }, \
                      records.order.plural: { en: { one: \"{count} of {whom}\", other: \"b\" } }\n } } }\n\
                      #[expression_rule] fn other() -> u8 { translations! { no: { en: \"x\" } } }\n\
                      #[translation_set] fn More() -> Translations { translations! { welcome: { en: \"Hi {name}\" }, 5 } }";
        let found: Vec<_> =
            texts_in(source).into_iter().map(|text| (text.set, text.key, text.parameters.join(" "))).collect();
        let expected = [
            ("labels", "customers", ""),
            ("labels", "records.order.plural", "count whom"),
            ("more", "welcome", "name"),
        ];
        assert_eq!(found, expected.map(|(set, key, names)| (set.to_owned(), key.to_owned(), names.to_owned())));
    }

    #[test]
    fn what_is_being_typed_is_no_trouble() {
        assert!(texts_in("#[translation_set] fn labels() -> Translations { translations! { a: {").is_empty());
        assert!(texts_in("#[translation_set] fn labels() -> Translations {}").is_empty());
        assert!(texts_in("#[translation_set]").is_empty());
    }
}
