//! Sorts the attributes of an item: ours, the ones that decide whether it exists, the rest.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token};

/// True if the attribute is `#[name..]`, also as `#[path::name..]`.
pub(crate) fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == name)
}

/// The attributes for which `keep` answers yes, and the others, both in order.
pub(crate) fn split_attributes(
    attributes: &[Attribute],
    keep: impl Fn(&Attribute) -> bool,
) -> (Vec<&Attribute>, Vec<&Attribute>) {
    attributes.iter().partition(|attribute| keep(attribute))
}

/// The traits of all `#[derive(..)]` among the attributes.
pub(crate) fn derived(attributes: &[Attribute]) -> Vec<Path> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .filter_map(|attribute| attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok())
        .flatten()
        .collect()
}

/// `#[derive(..)]` with the author's traits that are not in `emitted`.
pub(crate) fn keep_derives(attributes: &[Attribute], emitted: &[&str]) -> TokenStream {
    let kept: Vec<Path> = derived(attributes)
        .into_iter()
        .filter(|path| !emitted.iter().any(|name| path.segments.last().is_some_and(|segment| segment.ident == name)))
        .collect();
    if kept.is_empty() { TokenStream::new() } else { quote!(#[derive(#(#kept),*)]).into_token_stream() }
}
