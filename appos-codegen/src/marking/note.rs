//! The notes by which a report is known again. `cargo appos impact` reads them.

use proc_macro2::Span;
use quote::quote;
use syn::{Attribute, LitStr, parse_quote};

/// `#[deprecated(note = "appos:crm.records.customer:create")]`: what is used, and how.
pub(super) fn attribute(target: &str, role: &str) -> Attribute {
    let note = LitStr::new(&format!("appos:{target}:{role}"), Span::call_site());
    parse_quote!(#[deprecated(note = #note)])
}

/// For an item that is an origin of its own: rustc says nothing about uses of an item inside
/// the same item, and a rule may call itself.
pub(super) fn nothing() -> Attribute {
    let tokens = quote!(#[deprecated(note = "appos")]);
    parse_quote!(#tokens)
}
