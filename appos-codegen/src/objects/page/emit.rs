//! A page becomes a function that answers its address, a type that stands for it, and its registration, in
//! which its body hides.

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Page;
use crate::paths::Facade;
use crate::syntax::{Parameter, argument_of, plain_name};

pub(super) fn emit(page: &Page<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let link = emit_link(page, support);
    let name = emit_name(page, support);
    let registration = emit_registration(page, facade);
    quote!(#link #name #registration)
}

/// A type that stands for the page.
fn emit_name(page: &Page<'_>, support: &Ident) -> TokenStream {
    let (ident, cfg) = (page.ident(), page.screen.cfg());
    quote! {
        #(#cfg)*
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub struct #ident {}
        #(#cfg)*
        impl #support::PageObject for #ident {}
    }
}

/// `report(id)` is the address, with a method for each parameter that may be left out.
fn emit_link(page: &Page<'_>, support: &Ident) -> TokenStream {
    let (ident, screen) = (page.ident(), &page.screen);
    let notes = format!("Answers its address, to be used as `href`: `/{}{}`.", screen.common.app, page.route.text);
    let (outer, docs) = (screen.outer_attributes(), screen.documentation(&notes));
    let (required, optional): (Vec<&Parameter>, Vec<&Parameter>) =
        screen.parameters.iter().partition(|parameter| page.is_required(parameter));
    let (names, types) = (required.iter().map(|it| &it.ident), required.iter().map(|it| &it.ty));
    let filled = required
        .iter()
        .map(|Parameter { name, ident, ty, .. }| quote_spanned!(ty.span()=> .with::<#ty>(#name, #ident)));
    let link = quote!(#support::Link::to(<#ident as #support::Object>::object()) #(#filled)*);
    let (answer, link) = if optional.is_empty() {
        (quote!(#support::Link), link)
    } else {
        let builder = builder_name(page);
        (quote!(#builder), quote!(#builder(#link)))
    };
    let builder = if optional.is_empty() { TokenStream::new() } else { emit_builder(page, &optional, support) };
    quote! {
        #docs
        #(#outer)*
        #[allow(clippy::too_many_arguments)]
        #[must_use]
        pub fn #ident(#(#names: #types),*) -> #answer {
            #link
        }
        #builder
    }
}

fn builder_name(page: &Page<'_>) -> Ident {
    let ident = page.ident();
    format_ident!("{}Link", plain_name(ident).to_upper_camel_case(), span = ident.span())
}

fn emit_builder(page: &Page<'_>, optional: &[&Parameter], support: &Ident) -> TokenStream {
    let (cfg, builder) = (page.screen.cfg(), builder_name(page));
    let setters = optional.iter().map(|Parameter { ident, ty, name, .. }| {
        let inner = argument_of(ty, "Option").unwrap_or(ty);
        let docs = format!("With the query parameter `{name}`.");
        let with = quote_spanned!(ty.span()=> .with::<#inner>(#name, #ident));
        quote! {
            #[doc = #docs]
            #[must_use]
            pub fn #ident(self, #ident: #inner) -> Self {
                Self(self.0 #with)
            }
        }
    });
    let page_of = format!("A link to the page `{}`.", page.screen.common.reference());
    quote! {
        #(#cfg)*
        #[doc = #page_of]
        #[derive(::core::clone::Clone, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::fmt::Debug)]
        pub struct #builder(#support::Link);
        #(#cfg)*
        #[allow(clippy::should_implement_trait)]
        impl #builder { #(#setters)* }
        #(#cfg)*
        const _: () = {
            impl ::core::fmt::Display for #builder {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Display::fmt(&self.0, f)
                }
            }
            impl #support::IntoAttributeValue for #builder {
                fn into_value(self) -> #support::AttributeValue {
                    #support::IntoAttributeValue::into_value(self.0)
                }
            }
            impl ::core::convert::From<#builder> for #support::Link {
                fn from(link: #builder) -> Self {
                    link.0
                }
            }
        };
    }
}

fn emit_registration(page: &Page<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let screen = &page.screen;
    let cfg = screen.cfg();
    let (route, title, overrides) = (&page.route.text, &page.title, page.overrides);
    let parameters = screen.parameters.iter().map(|parameter| {
        let Parameter { name, type_name, .. } = parameter;
        let (in_path, required) = (page.is_in_path(parameter), page.is_required(parameter));
        quote! {
            #support::PageParameter {
                parameter: #support::Parameter { name: #name, type_name: #type_name },
                in_path: #in_path,
                required: #required,
            }
        }
    });
    let render = emit_render(page, facade);
    let object = screen.common.emit(support, &quote!(&__APPOS_PAGE));
    quote! {
        #(#cfg)*
        const _: () = {
            #render
            static __APPOS_PAGE: #support::PageDescriptor = #support::PageDescriptor {
                route: #route,
                title: #title,
                parameters: &[#(#parameters),*],
                overrides: #overrides,
                entry: &#support::PageEntry { render: __appos_render },
            };
            #object
        };
    }
}

/// Reads the parameters of an address, all mistakes at once, and draws the page, which is dispatch.
fn emit_render(page: &Page<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (screen, ident) = (&page.screen, page.ident());
    let given = Ident::new("__appos_given", Span::mixed_site());
    let input = Ident::new("__appos_in", Span::mixed_site());
    let logged = Ident::new("__appos_logged", Span::mixed_site());
    let mutability = (!screen.parameters.is_empty()).then(|| quote!(mut));
    let reads = screen.parameters.iter().map(|parameter| {
        let Parameter { ident, ty, name, .. } = parameter;
        let support = facade.support_at(ty.span());
        quote_spanned!(ty.span()=> let #ident = #support::read_parameter::<#ty>(&mut #input, #name);)
    });
    let takes = screen.parameters.iter().map(|Parameter { ident, .. }| quote!(let #ident = #ident?;));
    let arguments = screen
        .parameters
        .iter()
        .map(|Parameter { ident, ty, name, .. }| quote_spanned!(ty.span()=> .argument::<#ty>(#name, &#ident)));
    let logging = if screen.parameters.is_empty() {
        quote!(#support::LoggedArguments::none())
    } else {
        quote!(#support::LoggedArguments::begin() #(#arguments)* .finish())
    };
    let (body, call) = (screen.emit_body(support), screen.emit_call());
    quote! {
        fn __appos_render(#given: &#support::PageArguments) -> #support::Result<#support::Element> {
            #body
            let #mutability #input = #support::AddressReader::new(<#ident as #support::Object>::object(), #given);
            #(#reads)*
            #input.finish()?;
            #(#takes)*
            let #logged = #logging;
            #support::render_page(<#ident as #support::Object>::object(), #given, #logged, #call)
        }
    }
}
