//! An integration becomes a function that dispatches, a type that stands for it, and its registration.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypePath};

use super::model::Integration;
use crate::callable::{Callable, Invocation, body_name};
use crate::paths::Facade;
use crate::registration::{emit_duration, emit_option};
use crate::syntax::Function;

/// The function with the words of requests (`get`, `post` ..) in scope of its body, and its `Call` as ours: a record of
/// an app may be called so.
pub(super) fn with_words(mut function: Function, facade: &Facade) -> Function {
    let (support, body) = (facade.support(), function.body.stream());
    let mut group =
        Group::new(proc_macro2::Delimiter::Brace, quote!(#[allow(unused_imports)] use #support::requests::*; #body));
    group.set_span(function.body.span());
    function.body = group;
    if let ReturnType::Type(_, output) = &mut function.signature.output {
        qualify_call(output, facade);
    }
    function
}

fn qualify_call(ty: &mut Type, facade: &Facade) {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return };
    let alone = path.leading_colon.is_none() && path.segments.len() == 1;
    let Some(segment) = path.segments.last_mut() else { return };
    if alone && segment.ident == "Call" {
        let support = facade.support_at(segment.ident.span());
        path.segments.insert(0, support.into());
    } else if segment.ident == "Result"
        && let PathArguments::AngleBracketed(arguments) = &mut segment.arguments
        && let Some(GenericArgument::Type(answered)) = arguments.args.first_mut()
    {
        qualify_call(answered, facade);
    }
}

pub(super) fn emit(integration: &Integration<'_>, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let callable = Callable {
        common: &integration.common,
        function: integration.function,
        parameters: &integration.parameters,
        returns: &integration.returns,
        notes: "",
    };
    let outer = callable.emit_outer(&support, &emit_dispatch(integration, &callable, facade), false);
    let standing = callable.emit_type();
    let registration = emit_registration(integration, &callable, facade);
    quote!(#outer #standing #registration)
}

fn emit_dispatch(integration: &Integration<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, value) = (integration.ident(), &integration.returns.value);
    // What is sent may be anybody's: logs show it only where the author has said so.
    let arguments = if integration.log_payload {
        callable.emit_logged_arguments(support)
    } else {
        quote!(#support::LoggedArguments::none())
    };
    let (ctx, pass) = (Ident::new("ctx", Span::mixed_site()), Ident::new("pass", Span::mixed_site()));
    let (body, names) = (body_name(), integration.parameters.iter().map(|parameter| &parameter.ident));
    let call = quote!(#body(#ctx, #pass, #(#names),*));
    let call = if integration.returns.fallible { call } else { quote!(#support::Result::Ok(#call)) };
    // An answer that cannot be read is reported at its type, not at the attribute.
    let blamed = facade.support_at(value.span());
    quote_spanned! {value.span()=>
        #blamed::dispatch_integration::<#value, _>(
            <#ident as #support::Object>::object(), #arguments, move |#ctx, #pass| #call,
        )
    }
}

fn emit_registration(integration: &Integration<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let cfg = callable.cfg();
    let names = integration.parameters.iter().map(|parameter| &parameter.name);
    let types = integration.parameters.iter().map(|parameter| &parameter.type_name);
    let returns = &integration.returns.type_name;
    // Whatever is none is reported at its name.
    let system = integration.system.as_ref().map(|system| {
        let blamed = facade.support_at(system.span());
        quote_spanned!(system.span()=> #blamed::system_object::<#system>)
    });
    let retries = integration.retries.as_ref().map_or(0, |retries| u32::try_from(retries.value()).unwrap_or(u32::MAX));
    let attempt_timeout = emit_option(integration.attempt_timeout.map(emit_duration));
    let rate_limit = emit_option(integration.rate_limit.map(|rate| {
        let (calls, milliseconds) = (rate.calls, rate.milliseconds);
        quote!((#calls, ::core::time::Duration::from_millis(#milliseconds)))
    }));
    let max_response = emit_option(integration.max_response.map(crate::attributes::Size::bytes));
    let log_payload = integration.log_payload;
    let invoke = callable.emit_invoke(support, Invocation { parameters: quote!(__APPOS_INTEGRATION.parameters) });
    let object = integration.common.emit(support, &quote!(&__APPOS_INTEGRATION));
    quote! {
        #(#cfg)*
        const _: () = {
            static __APPOS_INTEGRATION: #support::IntegrationDescriptor = #support::IntegrationDescriptor {
                parameters: &[#(#support::Parameter { name: #names, type_name: #types }),*],
                returns: #returns,
                system: #system,
                retries: #retries,
                attempt_timeout: #attempt_timeout,
                rate_limit: #rate_limit,
                max_response: #max_response,
                log_payload: #log_payload,
                invoke: #invoke,
            };
            #object
        };
    }
}
