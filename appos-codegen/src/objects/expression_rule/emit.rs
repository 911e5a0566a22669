//! A rule becomes a function that dispatches, a type that stands for it, and its registration.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::cases;
use super::model::Rule;
use crate::callable::{Callable, Invocation};
use crate::paths::Facade;
use crate::registration::{emit_duration, emit_option};

pub(super) fn emit(rule: &Rule<'_>, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let callable = Callable {
        common: &rule.common,
        function: rule.function,
        parameters: &rule.parameters,
        returns: &rule.returns,
        notes: &cases::documentation(rule),
    };
    let outer = callable.emit_outer(&support, &emit_dispatch(rule, &callable, facade), rule.recursive);
    let standing = callable.emit_type();
    let registration = emit_registration(rule, &callable, facade);
    let cases = cases::emit(rule, &callable, facade);
    quote!(#outer #standing #registration #cases)
}

fn emit_dispatch(rule: &Rule<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, value) = (rule.ident(), &rule.returns.value);
    let object = quote!(<#ident as #support::Object>::object());
    let arguments = callable.emit_logged_arguments(support);
    let call = callable.emit_body_call(support);
    // An answer that cannot be sent is reported at its type, not at the attribute.
    let blamed = facade.support_at(value.span());
    let Some(kept_for) = rule.cache else {
        return quote_spanned!(value.span()=> #blamed::dispatch::<#value, _, _>(#object, #arguments, #call));
    };
    let kept_for = emit_duration(kept_for);
    // The key is made before the call takes the arguments.
    let names = rule.parameters.iter().map(|parameter| &parameter.ident);
    quote_spanned! {value.span()=>
        #blamed::dispatch_cached::<#value, _, _>(#object, #kept_for, #support::cache_key(&(#(&#names,)*)), #arguments, #call)
    }
}

fn emit_registration(rule: &Rule<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let cfg = callable.cfg();
    let names = rule.parameters.iter().map(|parameter| &parameter.name);
    let types = rule.parameters.iter().map(|parameter| &parameter.type_name);
    let returns = &rule.returns.type_name;
    let cache = emit_option(rule.cache.map(emit_duration));
    let invoke = callable.emit_invoke(support, Invocation { parameters: quote!(__APPOS_RULE.parameters) });
    let object = rule.common.emit(support, &quote!(&__APPOS_RULE));
    quote! {
        #(#cfg)*
        const _: () = {
            static __APPOS_RULE: #support::RuleDescriptor = #support::RuleDescriptor {
                parameters: &[#(#support::Parameter { name: #names, type_name: #types }),*],
                returns: #returns,
                cache: #cache,
                invoke: #invoke,
            };
            #object
        };
    }
}
