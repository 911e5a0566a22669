//! The whole way of an integration.

use proc_macro2::TokenStream;
use quote::quote;

use super::{check, emit, model, syntax};
use crate::diagnostics::Sink;
use crate::paths::Facade;
use crate::project::Project;
use crate::recovery;

pub(crate) fn expand(args: TokenStream, item: &TokenStream, project: &Project, sink: &Sink) -> TokenStream {
    let keys = syntax::parse_keys(args, sink);
    let facade = Facade::new(keys.crate_.as_ref());
    let scope = facade.scope();
    let Some(function) = syntax::parse_function(item, sink) else {
        return quote!(#scope #item);
    };
    let function = emit::with_words(function, &facade);
    let before = sink.len();
    let integration = model::resolve(keys, &function, project, sink);
    check::check(&integration, project, sink);
    let integration = if sink.len() == before {
        emit::emit(&integration, &facade)
    } else {
        recovery::answering(&function, &integration.returns.value, &facade)
    };
    quote!(#scope #integration)
}
