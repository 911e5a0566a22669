//! Identifiers in tokens.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;

/// The name without `r#`.
pub(crate) fn plain_name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// True if the tokens name this identifier, at any depth.
///
/// A token scan, as bodies are not parsed. A false hit costs one allocation per call.
pub(crate) fn contains_ident(tokens: &TokenStream, wanted: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *wanted,
        TokenTree::Group(group) => contains_ident(&group.stream(), wanted),
        _ => false,
    })
}
