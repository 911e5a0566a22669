//! The whole way of a translation set.

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
    // Texts that could be read keep their names: their uses are no second mistake.
    let texts = syntax::parse_texts(&function.signature.ident, &function.body, sink).unwrap_or_default();
    let set = model::resolve(keys, &function, texts, project, sink);
    check::check(&set, project, sink);
    let set = if sink.len() == before { emit::emit(&set, &facade) } else { emit::recovery(&set, &facade) };
    quote!(#scope #set)
}
