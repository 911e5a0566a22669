//! A constant becomes a function that dispatches, a type that stands for it, and its registration.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Constant;
use crate::callable::{Callable, Invocation};
use crate::paths::Facade;

pub(super) fn emit(constant: &Constant<'_>, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let callable = Callable {
        common: &constant.common,
        function: constant.function,
        parameters: &[],
        returns: &constant.returns,
        notes: "",
    };
    let outer = callable.emit_outer(&support, &emit_dispatch(constant, &callable, facade), constant.recursive);
    let standing = callable.emit_type();
    let registration = emit_registration(constant, &callable, facade);
    quote!(#outer #standing #registration)
}

fn emit_dispatch(constant: &Constant<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, value) = (constant.ident(), &constant.returns.value);
    let call = if constant.environments.is_empty() {
        callable.emit_body_call(support)
    } else {
        emit_choice(constant, callable, support)
    };
    // A value that cannot be sent is reported at its type, not at the attribute.
    let blamed = facade.support_at(value.span());
    quote_spanned! {value.span()=>
        #blamed::dispatch::<#value, _, _>(<#ident as #support::Object>::object(), #support::LoggedArguments::none(), #call)
    }
}

/// The environment's value if there is one, else the body's.
fn emit_choice(constant: &Constant<'_>, callable: &Callable<'_>, support: &Ident) -> TokenStream {
    let ctx = Ident::new("ctx", Span::mixed_site());
    let pass = Ident::new("pass", Span::mixed_site());
    let ty = &constant.returns.value;
    let answer = callable.emit_answer(support, &ctx, &pass);
    let arms = constant.environments.iter().map(|environment| {
        let (name, value) = (&environment.name, &environment.value);
        let converted = quote_spanned!(value.span()=> #support::IntoConstant::<#ty>::into_constant(#value));
        quote!(#name => #support::Result::<#ty>::Ok(#converted),)
    });
    quote! {
        move |#ctx, #pass| async move {
            match #ctx.environment() {
                #(#arms)*
                _ => #answer,
            }
        }
    }
}

fn emit_registration(constant: &Constant<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let cfg = callable.cfg();
    let type_name = &constant.returns.type_name;
    let environments = constant.environments.iter().map(|environment| &environment.name);
    let invoke = callable.emit_invoke(support, Invocation { parameters: quote!(&[]) });
    let object = constant.common.emit(support, &quote!(&__APPOS_CONSTANT));
    quote! {
        #(#cfg)*
        const _: () = {
            static __APPOS_CONSTANT: #support::ConstantDescriptor = #support::ConstantDescriptor {
                type_name: #type_name,
                environments: &[#(#environments),*],
                invoke: #invoke,
            };
            #object
        };
    }
}
