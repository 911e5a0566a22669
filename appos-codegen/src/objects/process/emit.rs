//! A process becomes a function that writes a call of it down, a type that stands for it, and its registration,
//! in which its body hides.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned;

use super::model::Process;
use super::shape::shape;
use crate::attributes::{RowTrigger, Schedule, Text, TriggerList, time_zone_name};
use crate::callable::Callable;
use crate::deferred::Deferred;
use crate::paths::Facade;
use crate::registration::{emit_duration, emit_option};
use crate::syntax::Parameter;

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
    let inputs = process.parameters.iter().map(|parameter| emit_input(parameter, support));
    // Types that no form knows have the value of the trait.
    let unknown =
        (!process.parameters.is_empty()).then(|| quote!(#[allow(unused_imports)] use #support::UnknownInput as _;));
    let (returns, version) = (&process.returns.type_name, process.version());
    let display_name = emit_option(process.display_name.as_ref().map(Text::value));
    let search = process.searched().map(|(name, parameter)| {
        let (blamed, ty, name) = (facade.support_at(name.span()), &parameter.ty, &parameter.name);
        quote!({ #blamed::searched::<#ty>(); #name })
    });
    let deadline = emit_option(process.deadline.map(emit_duration));
    let earlier_of = emit_option(emit_newer(process, facade));
    let run_as = emit_option(process.run_as.as_ref().map(Text::value));
    let schedules = process.trigger.iter().flat_map(TriggerList::schedules);
    let schedules = schedules.map(|schedule| emit_schedule(schedule, facade));
    let triggers = process.trigger.iter().flat_map(TriggerList::rows).map(|row| emit_trigger(process, row, facade));
    let is_earlier = process.earlier_of.is_some();
    let shape = shape(&process.function.body.stream()).into_iter().map(|line| line.text);
    let (kept, start, run) = (deferred.emit_kept_answer(), deferred.emit_start(), deferred.emit_run());
    let object = process.common.emit(support, &quote!(&__APPOS_PROCESS));
    quote! {
        #(#cfg)*
        const _: () = {
            #kept
            #unknown
            static __APPOS_PROCESS: #support::ProcessDescriptor = #support::ProcessDescriptor {
                parameters: &[#(#support::Parameter { name: #names, type_name: #types }),*],
                inputs: &[#(#inputs),*],
                returns: #returns,
                display_name: #display_name,
                search: &[#(#search),*],
                version: #version,
                earlier_of: #earlier_of,
                deadline: #deadline,
                start: #start,
                schedules: &[#(#schedules),*],
                triggers: &[#(#triggers),*],
                run_as: #run_as,
                shape: &[#(#shape),*],
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

/// What a form asks for as an argument: as its type says, if the type is one that forms know.
fn emit_input(parameter: &Parameter, support: &Ident) -> TokenStream {
    let ty = &parameter.ty;
    let hidden = parameter.sensitive.then(|| quote!(.hidden()));
    quote!(#support::InputOf::<#ty>::INPUT #hidden)
}

/// The process that the author names; if this one cannot be an earlier body of it, that is reported at the path.
fn emit_newer(process: &Process<'_>, facade: &Facade) -> Option<TokenStream> {
    let newer = process.earlier_of.as_ref()?.written();
    let place = newer.path.segments.last().map_or_else(|| newer.span(), |name| name.ident.span());
    let (blamed, app, version) = (facade.support_at(place), &process.common.app, process.version());
    Some(quote_spanned!(place=> #blamed::newer_process::<#newer>(#app, #version)))
}

/// The start is put into the outbox with the write. The call of the closure is never made: it lets rustc judge what the
/// process takes, at the author's path of the record; that it takes more or less has been reported.
fn emit_trigger(process: &Process<'_>, row: &RowTrigger, facade: &Facade) -> TokenStream {
    let (support, ident, RowTrigger { event, record }) = (&facade.support(), process.ident(), row);
    let place = record.path.segments.last().map_or_else(|| record.span(), |name| name.ident.span());
    let argument = quote_spanned!(place=> __appos_argument);
    let object = quote_spanned!(place=> <#record as #support::Object>::object);
    let is_record = quote_spanned!(place=> #support::Id<#record>);
    let proof =
        (process.parameters.len() == 1).then(|| quote!(let _ = |__appos_argument: #is_record| #ident(#argument);));
    let event = match event.to_string().as_str() {
        "created" => quote!(Created),
        "updated" => quote!(Updated),
        _ => quote!(Deleted),
    };
    quote! {
        #support::RecordTrigger {
            record: #object,
            on: #support::RowEvent::#event,
            hook: #support::Hook {
                rule: <#ident as #support::Object>::object,
                after_commit: true,
                call: |__appos_row| {
                    #proof
                    #support::enqueue_start(&__APPOS_OBJECT, &__appos_row)
                },
            },
        }
    }
}

/// A time zone that there is not is reported at its name.
fn emit_schedule(schedule: &Schedule, facade: &Facade) -> TokenStream {
    let (support, cron) = (&facade.support(), schedule.cron.value());
    let zone = schedule.time_zone.as_ref();
    let span = zone.map_or_else(Span::call_site, LitStr::span);
    let zone = zone.and_then(|zone| time_zone_name(&zone.value())).unwrap_or_else(|| "UTC".to_owned());
    let (zone, blamed) = (Ident::new(&zone, span), facade.support_at(span));
    let zone = quote_spanned!(span=> #blamed::Tz::#zone);
    let catch_up = match schedule.catch_up.as_ref().map(ToString::to_string).as_deref() {
        Some("none") => quote!(None),
        Some("all") => quote!(All),
        _ => quote!(Latest),
    };
    quote!(#support::Schedule { cron: #cron, time_zone: #zone, catch_up: #support::CatchUp::#catch_up })
}
