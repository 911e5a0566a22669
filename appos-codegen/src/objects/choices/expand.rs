//! The whole way of a choices enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::{check, emit, model, syntax};
use crate::diagnostics::Sink;
use crate::paths::Facade;

pub(crate) fn expand(args: TokenStream, item: &TokenStream, sink: &Sink) -> TokenStream {
    let keys = syntax::parse_keys(args, sink);
    let facade = Facade::new(keys.crate_.as_ref());
    let scope = facade.scope();
    let Some(written) = syntax::parse_item(item, sink) else {
        return quote!(#scope #item);
    };
    let choices = model::resolve(&written, sink);
    check::check(&choices, sink);
    let choices = emit::emit(&choices, &facade);
    quote!(#scope #choices)
}
