//! The whole way of a process.

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
    let before = sink.len();
    let Some(function) = syntax::parse_function(item, sink) else {
        return quote!(#scope #item);
    };
    let process = model::resolve(keys, &function, before, project, sink);
    check::check(&process, project, sink);
    let process = if process.broken {
        recovery::deferred(&function, (&process.common.app, &process.returns), "ProcessCall", &facade)
    } else {
        emit::emit(&process, &facade)
    };
    quote!(#scope #process)
}
