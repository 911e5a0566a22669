//! A process becomes a function that writes a call of it down, a type that stands for it, and its registration,
//! in which its body hides.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Process;
use crate::attributes::Text;
use crate::callable::Callable;
use crate::deferred::Deferred;
use crate::paths::Facade;
use crate::registration::{emit_duration, emit_option};

pub(super) fn emit(process: &Process<'_>, facade: &Facade) -> TokenStream {
    let callable = Callable {
        common: &process.common,
        function: process.function,
        parameters: &process.parameters,
        returns: &process.returns,
        notes: "",
    };
    let deferred = Deferred {
        callable: &callable,
        call: "ProcessCall",
        dispatch: "dispatch_process",
        descriptor: "__APPOS_PROCESS",
        facade,
    };
    let (outer, standing) = (deferred.emit_outer(), callable.emit_type());
    let registration = emit_registration(process, &deferred, facade);
    quote!(#outer #standing #registration)
}

fn emit_registration(process: &Process<'_>, deferred: &Deferred<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, app, cfg) = (process.ident(), &process.common.app, deferred.callable.cfg());
    let names = process.parameters.iter().map(|parameter| &parameter.name);
    let types = process.parameters.iter().map(|parameter| &parameter.type_name);
    let (returns, version) = (&process.returns.type_name, process.version());
    let display_name = emit_option(process.display_name.as_ref().map(Text::value));
    let deadline = emit_option(process.deadline.map(emit_duration));
    let earlier_of = emit_option(emit_newer(process, facade));
    let is_earlier = process.earlier_of.is_some();
    let (kept, start, run) = (deferred.emit_kept_answer(), deferred.emit_start(), deferred.emit_run());
    let object = process.common.emit(support, &quote!(&__APPOS_PROCESS));
    quote! {
        #(#cfg)*
        const _: () = {
            #kept
            static __APPOS_PROCESS: #support::ProcessDescriptor = #support::ProcessDescriptor {
                parameters: &[#(#support::Parameter { name: #names, type_name: #types }),*],
                returns: #returns,
                display_name: #display_name,
                version: #version,
                earlier_of: #earlier_of,
                deadline: #deadline,
                start: #start,
                run: #run,
            };
            impl #support::ProcessObject for #ident {
                const APP: &'static str = #app;
                const VERSION: u32 = #version;
                const IS_EARLIER: bool = #is_earlier;
            }
            #object
        };
    }
}

/// The process that the author names; if this one cannot be an earlier body of it, that is reported at the path.
fn emit_newer(process: &Process<'_>, facade: &Facade) -> Option<TokenStream> {
    let newer = process.earlier_of.as_ref()?.written();
    let place = newer.path.segments.last().map_or_else(|| newer.span(), |name| name.ident.span());
    let (blamed, app, version) = (facade.support_at(place), &process.common.app, process.version());
    Some(quote_spanned!(place=> #blamed::newer_process::<#newer>(#app, #version)))
}
