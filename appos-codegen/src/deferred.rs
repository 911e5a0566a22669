//! What processes and steps share: their public function writes the call down, and the body hides in the entry
//! that runs it later, perhaps in another program.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::callable::Callable;
use crate::paths::Facade;
use crate::syntax::Parameter;

/// A function object that is run later.
pub(crate) struct Deferred<'a> {
    pub(crate) callable: &'a Callable<'a>,
    /// The type of a written call: `ProcessCall`.
    pub(crate) call: &'static str,
    /// Its way through dispatch: `dispatch_process`.
    pub(crate) dispatch: &'static str,
    /// The static that describes it: `__APPOS_PROCESS`.
    pub(crate) descriptor: &'static str,
    pub(crate) facade: &'a Facade,
}

impl Deferred<'_> {
    /// The public function: the author's parameters, the call written down as its answer.
    pub(crate) fn emit_outer(&self) -> TokenStream {
        let support = &self.facade.support();
        let callable = self.callable;
        let (ident, value, head) = (&callable.common.ident, &callable.returns.value, callable.emit_head());
        let call = Ident::new(self.call, Span::call_site());
        let names = callable.parameters.iter().map(|parameter| &parameter.ident);
        let types = callable.parameters.iter().map(|parameter| &parameter.ty);
        let given = callable.parameters.iter().map(|Parameter { ident, name, sensitive, ty, .. }| {
            let method = if *sensitive { quote!(sensitive) } else { quote!(argument) };
            quote_spanned!(ty.span()=> .#method::<#ty>(#name, &#ident))
        });
        quote! {
            #head
            #[allow(clippy::needless_pass_by_value, clippy::too_many_arguments)]
            pub fn #ident(#(#names: #types),*) -> #support::#call<#value> {
                #support::#call::<#value>::new(
                    <#ident as #support::Object>::object(),
                    #support::Given::begin() #(#given)* .finish(),
                )
            }
        }
    }

    /// The erased entry: reads arguments from JSON, then runs the body, which nothing else can name.
    pub(crate) fn emit_run(&self) -> TokenStream {
        let support = &self.facade.support();
        let callable = self.callable;
        let descriptor = Ident::new(self.descriptor, Span::call_site());
        let json = Ident::new("__appos_json", Span::mixed_site());
        let (reading, locals) = callable.emit_reading(support, &json, &quote!(#descriptor.parameters));
        let names: Vec<&Ident> = callable.parameters.iter().map(|parameter| &parameter.ident).collect();
        let (body, call, logged) =
            (callable.emit_body(support), callable.emit_body_call(support), callable.emit_logged_arguments(support));
        let value = &callable.returns.value;
        // An answer that cannot be sent is reported at its type, not at the attribute.
        let blamed = self.facade.support_at(value.span());
        let dispatch = Ident::new(self.dispatch, value.span());
        let dispatched =
            quote_spanned!(value.span()=> #blamed::#dispatch::<#value, _, _>(&__APPOS_OBJECT, #logged, #call).await?);
        let result = quote_spanned!(value.span()=> #blamed::to_json::<#value>(#dispatched));
        quote! {
            |#json| ::std::boxed::Box::pin(async move {
                #body
                #reading
                #(let #names = #locals?;)*
                #result
            })
        }
    }

    /// The erased entry of a process: reads arguments from JSON, then starts it as the typed call does.
    pub(crate) fn emit_start(&self) -> TokenStream {
        let support = &self.facade.support();
        let callable = self.callable;
        let descriptor = Ident::new(self.descriptor, Span::call_site());
        let json = Ident::new("__appos_json", Span::mixed_site());
        let key = Ident::new("__appos_key", Span::mixed_site());
        let (reading, locals) = callable.emit_reading(support, &json, &quote!(#descriptor.parameters));
        let (ident, value) = (&callable.common.ident, &callable.returns.value);
        quote! {
            |#json, #key| ::std::boxed::Box::pin(async move {
                #reading
                #support::start_process::<#value>(#ident(#(#locals?),*), #key).await
            })
        }
    }

    /// Proof that the answer can be kept and read again, blamed on its type.
    pub(crate) fn emit_kept_answer(&self) -> TokenStream {
        let value = &self.callable.returns.value;
        let blamed = self.facade.support_at(value.span());
        quote_spanned!(value.span()=> const _: () = #blamed::kept_answer::<#value>();)
    }
}
