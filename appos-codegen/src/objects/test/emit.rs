//! A test becomes a plain one of Rust's, around a body that runs on a platform.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::callable::context_name;
use crate::naming;
use crate::paths::Facade;
use crate::project::Around;
use crate::syntax::Function;

/// Names that a test finds without `use` lines: those of its app, the prelude, and the words of tests. Globs,
/// so that whatever the author defines or imports wins.
pub(super) fn scope(facade: &Facade, around: &Around) -> TokenStream {
    let (prelude, words) = (facade.prelude(), facade.test_prelude());
    let app = match around {
        Around::App => quote!(
            #[cfg(test)]
            #[allow(unused_imports)]
            use crate::__appos_scope::*;
        ),
        Around::Beside(app) => {
            let app = Ident::new(app, Span::call_site());
            quote!(#[cfg(test)] #[allow(unused_imports)] use ::#app::__appos_scope::*;)
        }
        Around::Nothing => TokenStream::new(),
    };
    quote! {
        #[cfg(test)]
        #[allow(unused_imports)]
        use #prelude;
        #[cfg(test)]
        #[allow(unused_imports)]
        use #words;
        #app
    }
}

pub(super) fn emit(function: &Function, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let name = &function.signature.ident;
    let attributes = &function.attributes;
    let body_name = Ident::new(naming::BODY, Span::call_site());
    let ctx = context_name(function);
    let (output, body) = (&function.signature.output, &function.body);
    // What the body answers is judged at its type; where the test stands is told by its name.
    let blamed = match output {
        syn::ReturnType::Default => name.span(),
        syn::ReturnType::Type(_, ty) => ty.span(),
    };
    let run = quote_spanned!(blamed=> run_test);
    quote! {
        #(#attributes)*
        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn #name() {
            #[allow(clippy::unused_async)]
            async fn #body_name(#[allow(unused_variables)] #ctx: #support::Ctx) #output #body
            #support::#run(#body_name)
        }
    }
}
