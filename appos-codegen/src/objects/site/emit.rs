//! A site becomes a name that stands for it, and its registration, in which its body hides.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Site;
use crate::paths::Facade;
use crate::registration::emit_option;

pub(super) fn emit(site: &Site<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (screen, ident) = (&site.screen, site.ident());
    let (outer, docs) = (screen.outer_attributes(), screen.documentation(""));
    let registration = emit_registration(site, facade, support);
    quote! {
        #docs
        #(#outer)*
        #[allow(non_camel_case_types)]
        pub struct #ident {}
        #registration
    }
}

fn emit_registration(site: &Site<'_>, facade: &Facade, support: &Ident) -> TokenStream {
    let (screen, ident, label) = (&site.screen, site.ident(), &site.label);
    let cfg = screen.cfg();
    let default = emit_option(site.default.as_ref().map(|page| {
        let blamed = facade.support_at(page.span());
        quote_spanned!(page.span()=> #blamed::page_object::<#page>)
    }));
    let (body, call) = (screen.emit_body(support), screen.emit_call());
    let object = screen.common.emit(support, &quote!(&__APPOS_SITE));
    quote! {
        #(#cfg)*
        const _: () = {
            fn __appos_navigation() -> #support::NavigationCall {
                #body
                #support::read_navigation(<#ident as #support::Object>::object(), #call)
            }
            static __APPOS_SITE: #support::SiteDescriptor = #support::SiteDescriptor {
                name: #label,
                default: #default,
                entry: &#support::SiteEntry { navigation: __appos_navigation },
            };
            #object
        };
    }
}
