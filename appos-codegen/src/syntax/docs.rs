//! Doc comments: kept on what is emitted, and read as the description.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The author's doc comments, or `otherwise` if there are none: what is emitted is public, and
/// a crate may deny undocumented items.
pub(crate) fn doc_attributes(attributes: &[Attribute], otherwise: &str) -> TokenStream {
    let written: Vec<&Attribute> = attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect();
    if written.is_empty() { quote!(#[doc = #otherwise]) } else { quote!(#(#written)*) }
}

/// The text up to the first empty line, as one line.
pub(crate) fn first_paragraph(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(doc_text);
    let text = lines.collect::<Vec<_>>().join("\n");
    text.lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
