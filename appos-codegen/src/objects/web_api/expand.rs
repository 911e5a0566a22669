//! The whole way of a web API.

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
    let Some(mut function) = syntax::parse_function(item, sink) else {
        return quote!(#scope #item);
    };
    let before = sink.len();
    let written = function.signature.clone();
    model::name_places(&mut function.signature, &facade);
    let api = model::resolve(keys, (&function, &written), project, sink);
    let callable = sink.len() == before;
    check::check(&api, callable, project, sink);
    // Without a route there is nothing to register; the author's names stay usable.
    let api = if callable && sink.len() == before {
        emit::emit(&api, &facade)
    } else {
        recovery::function(&function, &facade, true)
    };
    quote!(#scope #api)
}
