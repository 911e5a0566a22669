//! The whole way of an interface.

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
    let mut interface = model::resolve(keys, &function, project, sink);
    let before = sink.len();
    check::check(&interface, project, sink);
    if sink.len() != before {
        // What is wrong with a piece has been told; rustc would tell it again, in words of its own.
        interface.piece = None;
    }
    let interface = emit::emit(&interface, &facade);
    quote!(#scope #interface)
}
