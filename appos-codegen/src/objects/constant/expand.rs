//! The whole way of a constant.

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
    let before = sink.len();
    let constant = model::resolve(keys, &function, project, sink);
    let callable = sink.len() == before;
    check::check(&constant, project, sink);
    let constant = if callable {
        emit::emit(&constant, &facade)
    } else {
        recovery::function(&function, &facade, constant.has_type())
    };
    quote!(#scope #constant)
}
