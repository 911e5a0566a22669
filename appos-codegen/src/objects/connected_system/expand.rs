//! The whole way of a connected system.

use proc_macro2::TokenStream;
use quote::quote;

use super::{check, emit, model, syntax};
use crate::diagnostics::Sink;
use crate::paths::Facade;
use crate::project::Project;

pub(crate) fn expand(args: TokenStream, item: &TokenStream, project: &Project, sink: &Sink) -> TokenStream {
    let keys = syntax::parse_keys(args, sink);
    let facade = Facade::new(keys.crate_.as_ref());
    let scope = facade.scope();
    let Some(function) = syntax::parse_function(item, sink) else {
        return quote!(#scope #item);
    };
    let before = sink.len();
    let system = model::resolve(keys, &function, project, sink);
    check::check(&system, project, sink);
    let system = if sink.len() == before { emit::emit(&system, &facade) } else { emit::emit_stub(&system, &facade) };
    quote!(#scope #system)
}
