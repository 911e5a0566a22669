//! A web API becomes a function that dispatches, a type that stands for it, and its registration, with how a request
//! is read.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::WebApi;
use crate::attributes::{Rate, Signature, Text, TextList, Word};
use crate::callable::{Callable, Invocation};
use crate::paths::Facade;
use crate::registration::{emit_duration, emit_option};
use crate::syntax::Parameter;

pub(super) fn emit(api: &WebApi<'_>, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let method = api.method.as_ref().map(Text::value).unwrap_or_default();
    let notes = format!("\nServed at `{method} /api/{}/v{}{}`.", api.common.app, api.version(), api.path.text);
    let callable = Callable {
        common: &api.common,
        function: api.function,
        parameters: &api.parameters,
        returns: &api.returns,
        notes: &notes,
    };
    let outer = callable.emit_outer(&support, &emit_dispatch(api, &callable, facade), false);
    let standing = callable.emit_type();
    let registration = emit_registration(api, &callable, facade);
    quote!(#outer #standing #registration)
}

fn emit_dispatch(api: &WebApi<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, value) = (api.ident(), &api.returns.value);
    let object = quote!(<#ident as #support::Object>::object());
    let (arguments, call) = (emit_logged(api, support), callable.emit_body_call(support));
    // An answer that cannot be sent is reported at its type, not at the attribute.
    let blamed = facade.support_at(value.span());
    match api.run_as.as_ref().map(Text::value) {
        None => quote_spanned!(value.span()=> #blamed::dispatch::<#value, _, _>(#object, #arguments, #call)),
        Some(account) => quote_spanned! {value.span()=>
            #blamed::dispatch_as::<#value, _, _>(#object, #account, #arguments, #call)
        },
    }
}

/// Logs show parts of the path; what else is sent may hold anything.
fn emit_logged(api: &WebApi<'_>, support: &Ident) -> TokenStream {
    let mut shown = api.parameters.iter().filter(|it| api.is_in_path(it)).peekable();
    if shown.peek().is_none() {
        return quote!(#support::LoggedArguments::none());
    }
    let shown = shown.map(|Parameter { ident, name, sensitive, ty, .. }| {
        if *sensitive { quote!(.redacted(#name)) } else { quote_spanned!(ty.span()=> .argument::<#ty>(#name, &#ident)) }
    });
    quote!(#support::LoggedArguments::begin() #(#shown)* .finish())
}

fn emit_registration(api: &WebApi<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let cfg = callable.cfg();
    let names = api.parameters.iter().map(|parameter| &parameter.name);
    let types = api.parameters.iter().map(|parameter| &parameter.type_name);
    let method = api.method.as_ref().map(Text::value).unwrap_or_default();
    let (path, version, returns) = (&api.path.text, api.version(), &api.returns.type_name);
    let auth = match api.auth.as_ref().map(Word::ident) {
        Some(word) if word == "service_account" => quote!(ServiceAccount),
        Some(word) if word == "public" => quote!(Public),
        _ => quote!(Session),
    };
    let options = emit_options(api, support);
    let entry = emit_entry(api, facade);
    let invoke = callable.emit_invoke(support, Invocation { parameters: quote!(__APPOS_WEB_API.parameters) });
    let object = api.common.emit(support, &quote!(&__APPOS_WEB_API));
    quote! {
        #(#cfg)*
        const _: () = {
            #entry
            static __APPOS_WEB_API: #support::WebApiDescriptor = #support::WebApiDescriptor {
                method: #method,
                path: #path,
                version: #version,
                auth: #support::WebApiAuth::#auth,
                parameters: &[#(#support::Parameter { name: #names, type_name: #types }),*],
                returns: #returns,
                #options
                invoke: #invoke,
                entry: &__APPOS_ENTRY,
                ..#support::WebApiDescriptor::NONE
            };
            #object
        };
    }
}

/// What is written beside the route.
fn emit_options(api: &WebApi<'_>, support: &Ident) -> TokenStream {
    let rate = api.rate_limit.map(|Rate { calls, milliseconds }| {
        let rate = quote! {
            #support::RateLimit { calls: #calls, per: ::core::time::Duration::from_millis(#milliseconds) }
        };
        let rate = emit_option(Some(rate));
        quote!(rate_limit: #rate,)
    });
    let max_body = api.max_body.map(|size| {
        let bytes = usize::try_from(size.bytes()).unwrap_or(usize::MAX);
        let bytes = emit_option(Some(quote!(#bytes)));
        quote!(max_body: #bytes,)
    });
    let list = |name: &str, list: Option<&TextList>| {
        let (name, texts) = (Ident::new(name, Span::call_site()), list?.values());
        Some(quote!(#name: &[#(#texts),*],))
    };
    let (cors, accept) = (list("cors", api.cors.as_ref()), list("accept", api.accept.as_ref()));
    let signature = api.signature.as_ref().map(|signature| {
        let signature = emit_option(Some(emit_signature(signature, support)));
        quote!(signature: #signature,)
    });
    let example = api.example.as_ref().map(Text::value).map(|example| quote!(example: #example,));
    let run_as = api.run_as.as_ref().map(Text::value).map(|account| {
        let account = emit_option(Some(account));
        quote!(run_as: #account,)
    });
    quote!(#run_as #rate #max_body #cors #accept #signature #example)
}

fn emit_signature(signature: &Signature, support: &Ident) -> TokenStream {
    let secret = signature.secret.value();
    let (style, usual) = match signature.style().as_str() {
        "github" => (quote!(Github), "X-Hub-Signature-256"),
        "stripe" => (quote!(Stripe), "Stripe-Signature"),
        _ => (quote!(Plain), "X-Signature"),
    };
    let header = signature.header.as_ref().map_or_else(|| usual.to_owned(), syn::LitStr::value);
    let timestamp = emit_option(signature.timestamp.as_ref());
    let tolerance =
        signature.tolerance.map_or_else(|| quote!(::core::time::Duration::from_millis(300_000u64)), emit_duration);
    quote! {
        #support::WebhookSignature {
            secret: #secret,
            style: #support::SignatureStyle::#style,
            header: #header,
            timestamp: #timestamp,
            tolerance: #tolerance,
        }
    }
}

/// How a request is read: everything that is wrong with it at once, and then the typed call.
fn emit_entry(api: &WebApi<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, value) = (api.ident(), &api.returns.value);
    let received = Ident::new("__appos_received", Span::mixed_site());
    let input = Ident::new("__appos_in", Span::mixed_site());
    let locals: Vec<Ident> =
        (0..api.parameters.len()).map(|index| format_ident!("__appos_{index}", span = Span::mixed_site())).collect();
    // What cannot be read is reported at the type.
    let takes = api.parameters.iter().zip(&locals).map(|(it, local)| {
        let Parameter { name, ty, .. } = it;
        if api.is_in_path(it) {
            quote_spanned!(ty.span()=> let #local = #input.path::<#ty>(#name);)
        } else {
            quote_spanned!(ty.span()=> let #local = #input.take::<#ty>(#name);)
        }
    });
    let inputs = api.parameters.iter().map(|it| {
        let (name, ty, blamed) = (&it.name, &it.ty, facade.support_at(it.ty.span()));
        let (kind, shape) = if api.is_in_path(it) {
            (quote!(#support::InputKind::Path), quote_spanned!(ty.span()=> #blamed::shape_of::<#ty>))
        } else {
            let place = quote_spanned!(ty.span()=> <#ty as #blamed::http::Input>);
            (quote!(#place::KIND), quote!(#place::shape))
        };
        quote!(#support::InputEntry { name: #name, kind: #kind, shape: #shape })
    });
    let mutability = (!locals.is_empty()).then(|| quote!(mut));
    let blamed = facade.support_at(value.span());
    let answered = quote_spanned!(value.span()=> #blamed::web_answer::<#value>(#ident(#(#locals?),*).await?));
    quote! {
        static __APPOS_ENTRY: #support::WebApiEntry = #support::WebApiEntry {
            inputs: &[#(#inputs),*],
            answer: #support::answer_form::<#value>,
            answer_shape: || {
                // Which of the two has the type, the compiler finds out.
                #[allow(unused_imports)]
                use #support::{HidesShape as _, TellsShape as _};
                (&#support::AnswerOf::<#value>::TYPE).shape()
            },
            serve: |#received| ::std::boxed::Box::pin(async move {
                let #mutability #input = #support::InputReader::new(#received);
                #(#takes)*
                #input.finish()?;
                #answered
            }),
        };
    }
}
