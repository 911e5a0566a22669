//! The whole way of a record.

use proc_macro2::TokenStream;
use quote::quote;

use super::{check, emit, filing, model, syntax};
use crate::diagnostics::Sink;
use crate::paths::Facade;
use crate::project::Project;

pub(crate) fn expand(args: TokenStream, item: &TokenStream, project: &Project, sink: &Sink) -> TokenStream {
    let keys = syntax::parse_keys(args, sink);
    let facade = Facade::new(keys.crate_.as_ref());
    let scope = facade.scope();
    match syntax::parse_item(item, sink) {
        Ok(mut written) => {
            let filing = filing::resolve(&keys, &written.item.ident, sink);
            if let Some(filing) = &filing {
                let own = std::mem::take(&mut written.fields.named);
                written.fields.named = filing.fields().into_iter().chain(own).collect();
            }
            let record = model::resolve(keys, filing, &written, project, sink);
            check::check(&record, project, sink);
            let record = emit::emit(&record, &facade);
            quote!(#scope #record)
        }
        Err(cleaned) => quote!(#scope #cleaned),
    }
}
