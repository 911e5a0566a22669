//! Puts the products together.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::model::Record;
use super::{companions, descriptor, record, traits};
use crate::paths::Facade;

pub(in super::super) fn emit(written: &Record<'_>, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let item = record::emit(written, &support);
    let companions = companions::emit(written, &support);
    let descriptor = descriptor::emit(written, &support);
    let traits = traits::emit(written, &support);
    let methods = companions::emit_methods(written, &support);
    let ident = written.ident();
    let document = written
        .filing
        .as_ref()
        .filter(|filing| !filing.is_folder)
        .map(|_| quote!(impl #support::DocumentRecord for #ident {}));
    let cfg = written.cfg();
    quote! {
        #item
        #companions
        #(#cfg)*
        const _: () = {
            #descriptor
            #traits
            #methods
            #document
        };
    }
}
