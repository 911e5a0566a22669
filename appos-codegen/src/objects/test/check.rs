//! What a test may not be.

use proc_macro2::{Ident, Span};

use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::test as catalogue;
use crate::syntax::{Function, contains_ident};

/// Functions that mean something in the body of a test on a platform only.
const OF_A_PLATFORM: [&str; 6] = ["as_user", "as_anonymous", "as_administrator", "outbox_idle", "advance", "set_time"];

/// True for a plain `#[test]`: `#[macro_use] extern crate appos` gives that name to us, and a function that
/// needs no platform stays Rust's own test.
pub(super) fn is_plain(function: &Function, has_keys: bool) -> bool {
    let signature = &function.signature;
    let is_bare = signature.asyncness.is_none() && signature.inputs.is_empty() && !has_keys;
    let says = |word: &str| contains_ident(&function.body.stream(), &Ident::new(word, Span::call_site()));
    is_bare && !OF_A_PLATFORM.iter().any(|name| says(name)) && (says("async") || !says("await"))
}

pub(super) fn check(function: &Function, sink: &Sink) {
    let signature = &function.signature;
    let name = &signature.ident;
    if signature.asyncness.is_none() {
        sink.push(catalogue::not_async(&signature.fn_token, name));
    }
    for (word, text) in [
        (signature.constness.as_ref().map(quote::ToTokens::to_token_stream), "const"),
        (signature.abi.as_ref().map(quote::ToTokens::to_token_stream), "extern"),
    ] {
        if let Some(word) = word {
            sink.push(catalogue::qualifier(&word, name, text));
        }
    }
    if let syn::Safety::Unsafe(word) = &signature.safety {
        sink.push(catalogue::qualifier(word, name, "unsafe"));
    }
    if !signature.generics.params.is_empty() {
        sink.push(catalogue::generics(&signature.generics, name));
    }
    if !signature.inputs.is_empty() {
        sink.push(catalogue::parameters(&signature.inputs, name));
    }
    for attribute in &function.attributes {
        if attribute.path().segments.last().is_some_and(|last| last.ident == "test") {
            sink.push(catalogue::test_twice(&attribute.meta, name));
        }
    }
}
