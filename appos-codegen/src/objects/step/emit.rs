//! A step becomes a function that writes a call of it down, a type that stands for it, and its registration, in
//! which its body hides.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Step;
use crate::attributes::ObjectPath;
use crate::callable::Callable;
use crate::deferred::Deferred;
use crate::paths::Facade;
use crate::registration::{emit_duration, emit_option};

pub(super) fn emit(step: &Step<'_>, facade: &Facade) -> TokenStream {
    let callable = Callable {
        common: &step.common,
        function: step.function,
        parameters: &step.parameters,
        returns: &step.returns,
        notes: "",
    };
    let deferred = Deferred {
        callable: &callable,
        call: "StepCall",
        dispatch: "dispatch_step",
        descriptor: "__APPOS_STEP",
        facade,
    };
    let (outer, standing) = (deferred.emit_outer(), callable.emit_type());
    let registration = emit_registration(step, &deferred, facade);
    quote!(#outer #standing #registration)
}

fn emit_registration(step: &Step<'_>, deferred: &Deferred<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, app, cfg) = (step.ident(), &step.common.app, deferred.callable.cfg());
    let names = step.parameters.iter().map(|parameter| &parameter.name);
    let types = step.parameters.iter().map(|parameter| &parameter.type_name);
    let returns = &step.returns.type_name;
    let retries = emit_option(step.retries.as_ref().map(|retries| u32::try_from(retries.value()).unwrap_or(u32::MAX)));
    let backoff = emit_option(step.backoff.map(emit_duration));
    let (compensate, proof) = emit_compensate(step, facade);
    let (kept, run) = (deferred.emit_kept_answer(), deferred.emit_run());
    let object = step.common.emit(support, &quote!(&__APPOS_STEP));
    quote! {
        #(#cfg)*
        const _: () = {
            #kept
            #proof
            static __APPOS_STEP: #support::StepDescriptor = #support::StepDescriptor {
                parameters: &[#(#support::Parameter { name: #names, type_name: #types }),*],
                returns: #returns,
                retries: #retries,
                backoff: #backoff,
                compensate: #compensate,
                run: #run,
            };
            impl #support::StepObject for #ident {
                const APP: &'static str = #app;
            }
            #object
        };
    }
}

/// The step that undoes this one, and proof that it is one of this app and takes what this one takes; mistakes are
/// reported at the author's path.
fn emit_compensate(step: &Step<'_>, facade: &Facade) -> (TokenStream, TokenStream) {
    let Some(other) = step.compensate.as_ref().map(ObjectPath::written) else {
        return (emit_option(None::<TokenStream>), TokenStream::new());
    };
    let place = other.path.segments.last().map_or_else(|| other.span(), |name| name.ident.span());
    let (blamed, app) = (facade.support_at(place), &step.common.app);
    let locals: Vec<Ident> =
        (0..step.parameters.len()).map(|index| format_ident!("__appos_{index}", span = place)).collect();
    let types = step.parameters.iter().map(|parameter| &parameter.ty);
    // The call is never made: it lets rustc judge what the other takes.
    let call = quote_spanned!(place=> let _ = #other(#(#locals),*););
    let proof = quote_spanned! {place=>
        #[allow(dead_code, clippy::too_many_arguments)]
        fn __appos_compensate(#(#locals: #types),*) {
            #call
        }
    };
    (emit_option(Some(quote_spanned!(place=> #blamed::undoing_step::<#other>(#app)))), proof)
}
