//! The whole way of a test.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::{check, emit, syntax};
use crate::diagnostics::Sink;
use crate::paths::Facade;
use crate::project::Project;
use crate::recovery;

pub(crate) fn expand(args: TokenStream, item: &TokenStream, project: &Project, sink: &Sink) -> TokenStream {
    let has_keys = !args.is_empty();
    let keys = syntax::parse_keys(args, sink);
    let facade = Facade::new(keys.crate_.as_ref());
    let Some(mut function) = syntax::parse_function(item, sink) else {
        return item.clone();
    };
    if check::is_plain(&function, has_keys) {
        return quote!(#[::core::prelude::v1::test] #item);
    }
    let before = sink.len();
    check::check(&function, sink);
    let scope = emit::scope(&facade, &project.around);
    let test = if sink.len() == before {
        emit::emit(&function, &facade)
    } else {
        function.attributes.push(parse_quote!(#[cfg(test)]));
        recovery::function(&function, &facade, true)
    };
    quote!(#scope #test)
}
