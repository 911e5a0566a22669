//! What is emitted when an item cannot become an object: enough of it for the editor to go on,
//! and nothing that causes a second error.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{FnArg, Type};

use crate::callable::context_name;
use crate::naming;
use crate::paths::Facade;
use crate::syntax::{Function, Returns};

/// The author's function, with `ctx` in scope of its body. The build fails anyway, so it does
/// not dispatch. `keep_body`: the body's types can be checked without a second error.
pub(crate) fn function(function: &Function, facade: &Facade, keep_body: bool) -> TokenStream {
    let support = facade.support();
    let cfg = function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let docs = function.attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let signature = &function.signature;
    let (ident, generics, output) = (&signature.ident, &signature.generics, &signature.output);
    let clause = &generics.where_clause;
    let has_self = signature.receiver().is_some();
    let inputs: Vec<TokenStream> = signature.inputs.iter().filter_map(input).collect();
    let body_name = Ident::new(naming::BODY, Span::call_site());
    let ctx = context_name(function);
    let body = &function.body;
    // A body that says `self` cannot live in a plain function.
    let body = (keep_body && !has_self).then(|| {
        quote! {
            #[allow(dead_code, unused_variables, clippy::all)]
            async fn #body_name #generics (#ctx: #support::Ctx, #(#inputs),*) #output #clause #body
        }
    });
    quote! {
        #(#cfg)*
        #(#docs)*
        #[allow(unused_variables, missing_docs, clippy::all)]
        pub async fn #ident #generics (#(#inputs),*) #output #clause {
            #body
            loop {}
        }
    }
}

/// The same of a function whose callers are given another type than its body answers.
pub(crate) fn answering(function: &Function, value: &Type, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let cfg = function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let ident = &function.signature.ident;
    let inputs: Vec<TokenStream> = function.signature.inputs.iter().filter_map(input).collect();
    let value = if let Type::ImplTrait(_) = value { quote!(()) } else { quote!(#value) };
    quote! {
        #(#cfg)*
        #[allow(unused_variables, missing_docs, clippy::all)]
        pub async fn #ident(#(#inputs),*) -> #support::Result<#value> {
            loop {}
        }
    }
}

/// The same of a process or a step: its calls are of the type `call`, and others can name it.
pub(crate) fn deferred(
    function: &Function,
    (app, returns): (&str, &Returns),
    call: &str,
    facade: &Facade,
) -> TokenStream {
    let support = facade.support();
    let cfg: Vec<_> = function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let signature = &function.signature;
    let (ident, generics, output) = (&signature.ident, &signature.generics, &signature.output);
    let clause = &generics.where_clause;
    let inputs: Vec<TokenStream> = signature.inputs.iter().filter_map(input).collect();
    let body_name = Ident::new(naming::BODY, Span::call_site());
    let (ctx, body) = (context_name(function), &function.body);
    // A body that says `self` cannot live in a plain function.
    let body = signature.receiver().is_none().then(|| {
        quote! {
            #[allow(dead_code, unused_variables, clippy::all)]
            async fn #body_name #generics (#ctx: #support::Ctx, #(#inputs),*) #output #clause #body
        }
    });
    // The hidden type behind `impl Trait` would have to be known.
    let value = match &returns.value {
        Type::ImplTrait(_) => quote!(()),
        value => quote!(#value),
    };
    let (object, call) =
        (Ident::new(&call.replace("Call", "Object"), Span::call_site()), Ident::new(call, Span::call_site()));
    let consts = (object == "ProcessObject").then(|| {
        quote!(
            const VERSION: u32 = u32::MAX;
            const IS_EARLIER: bool = false;
        )
    });
    quote! {
        #(#cfg)*
        #[allow(unused_variables, missing_docs, clippy::all)]
        pub fn #ident #generics (#(#inputs),*) -> #support::#call<#value> #clause {
            #body
            loop {}
        }
        #(#cfg)*
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub struct #ident {}
        #(#cfg)*
        const _: () = {
            impl #support::Object for #ident {
                fn object() -> &'static #support::ObjectDescriptor {
                    loop {}
                }
            }
            impl #support::#object for #ident {
                const APP: &'static str = #app;
                #consts
            }
        };
    }
}

/// A parameter without our attributes; `ctx` is left out, as the body has it already.
fn input(argument: &FnArg) -> Option<TokenStream> {
    match argument {
        FnArg::Receiver(_) => None,
        FnArg::Typed(typed) => {
            let (pattern, ty) = (&typed.pat, &typed.ty);
            let is_ctx = matches!(&**pattern, syn::Pat::Ident(name) if name.ident == "ctx");
            (!is_ctx).then(|| quote!(#pattern: #ty))
        }
    }
}
