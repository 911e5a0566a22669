//! The whole way of a step.

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
    let step = model::resolve(keys, &function, project, sink);
    let broken = sink.len() > before;
    check::check(&step, project, sink);
    let step = if broken {
        recovery::deferred(&function, (&step.common.app, &step.returns), "StepCall", &facade)
    } else {
        emit::emit(&step, &facade)
    };
    quote!(#scope #step)
}
