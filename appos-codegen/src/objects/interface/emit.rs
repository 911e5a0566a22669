//! An interface becomes a component whose drawing dispatches, the type of its properties, a type
//! that stands for it, and its registration.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::emit_piece;
use super::model::Interface;
use crate::paths::Facade;
use crate::syntax::Parameter;

pub(super) fn emit(interface: &Interface<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let component = emit_component(interface, support);
    let properties = emit_properties(interface, support);
    let registration = emit_registration(interface, facade);
    quote!(#component #properties #registration)
}

pub(super) fn properties_name(interface: &Interface<'_>) -> Ident {
    let component = interface.component();
    format_ident!("{component}Props", span = component.span())
}

fn emit_component(interface: &Interface<'_>, support: &Ident) -> TokenStream {
    let screen = &interface.screen;
    let ident = interface.component();
    let (cfg, outer, docs) = (screen.cfg(), screen.outer_attributes(), screen.documentation(""));
    let (body, call) = (screen.emit_body(support), screen.emit_call());
    let properties = Ident::new("__appos_properties", Span::mixed_site());
    let names = screen.parameters.iter().map(|parameter| &parameter.ident);
    let (input, inputs, taken) = if screen.parameters.is_empty() {
        (TokenStream::new(), quote!(&()), TokenStream::new())
    } else {
        let ty = properties_name(interface);
        let taken = quote!(let #ty { #(#names),* } = ::core::clone::Clone::clone(&#properties););
        (quote!(#properties: #ty), quote!(&#properties), taken)
    };
    quote! {
        #docs
        #(#outer)*
        #[allow(non_snake_case, clippy::needless_pass_by_value)]
        pub fn #ident(#input) -> #support::Element {
            #body
            #taken
            #support::render_interface(<#ident as #support::Object>::object(), #inputs, #call)
        }
        #(#cfg)*
        #[doc(hidden)]
        pub struct #ident {}
    }
}

/// A struct of the parameters; the derive makes the builder that `rsx!` calls.
fn emit_properties(interface: &Interface<'_>, support: &Ident) -> TokenStream {
    let screen = &interface.screen;
    if screen.parameters.is_empty() {
        return TokenStream::new();
    }
    let (cfg, ty) = (screen.cfg(), properties_name(interface));
    let doc = format!("Properties of the component [`{}`](fn@{}).", interface.component(), interface.component());
    let fields = screen.parameters.iter().map(|Parameter { ident, ty, name, attributes, .. }| {
        let documented = attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
        let doc = (!documented).then(|| {
            let doc = format!("The parameter `{name}`.");
            quote!(#[doc = #doc])
        });
        quote!(#doc #(#attributes)* pub #ident: #ty)
    });
    quote! {
        #(#cfg)*
        #[doc = #doc]
        #[derive(#support::Props, ::core::clone::Clone, ::core::cmp::PartialEq)]
        #[allow(missing_docs, clippy::pedantic)]
        pub struct #ty { #(#fields),* }
    }
}

fn emit_registration(interface: &Interface<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let screen = &interface.screen;
    let cfg = screen.cfg();
    let names = screen.parameters.iter().map(|parameter| &parameter.name);
    let types = screen.parameters.iter().map(|parameter| &parameter.type_name);
    let object = screen.common.emit(support, &quote!(&__APPOS_INTERFACE));
    let (definition, piece) = emit_piece::emit(interface, facade);
    quote! {
        #(#cfg)*
        const _: () = {
            #definition
            static __APPOS_INTERFACE: #support::InterfaceDescriptor = #support::InterfaceDescriptor {
                parameters: &[#(#support::Parameter { name: #names, type_name: #types }),*],
                piece: #piece,
            };
            #object
        };
    }
}
