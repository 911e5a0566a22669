//! The whole way of a site.

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
    let site = model::resolve(keys, &function, project, sink);
    check::check(&site, project, sink);
    let site = emit::emit(&site, &facade);
    quote!(#scope #site)
}
