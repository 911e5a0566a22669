//! The whole way of a rule.

use proc_macro2::TokenStream;
use quote::quote;

use super::{check, emit, model, syntax};
use crate::diagnostics::Sink;
use crate::paths::Facade;
use crate::project::Project;
use crate::recovery;

pub(crate) fn expand(args: TokenStream, item: &TokenStream, project: &Project, sink: &Sink) -> TokenStream {
    let (keys, cases) = syntax::parse_keys(args, sink);
    let facade = Facade::new(keys.crate_.as_ref());
    let scope = facade.scope();
    let Some(function) = syntax::parse_function(item, sink) else {
        return quote!(#scope #item);
    };
    let before = sink.len();
    let rule = model::resolve((keys, cases), &function, project, sink);
    let callable = sink.len() == before;
    check::check(&rule, project, sink);
    let rule = if callable { emit::emit(&rule, &facade) } else { recovery::function(&function, &facade, true) };
    quote!(#scope #rule)
}
