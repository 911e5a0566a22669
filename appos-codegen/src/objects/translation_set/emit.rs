//! A set becomes a function that dispatches, a type that stands for it, its registration, and a
//! type for each text, by which `t!` tells it: the compiler knows its key and its parameters.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Attribute;

use super::model::{CATEGORIES, Text, Translation, TranslationSet, Wording};
use crate::naming;
use crate::paths::Facade;
use crate::syntax::doc_attributes;

pub(super) fn emit(set: &TranslationSet<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let cfg = &cfg(set);
    let function = emit_function(set, support, cfg);
    let texts = set.texts.iter().map(|text| emit_type(text, support, cfg));
    let registration = emit_registration(set, support, cfg);
    quote!(#function #(#texts)* #registration)
}

/// The names of a set that has mistakes, so that their uses are no further ones. Nothing of it runs.
pub(super) fn recovery(set: &TranslationSet<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let cfg = &cfg(set);
    let ident = &set.common.ident;
    let is_first = |place: usize, text: &Text| set.texts.iter().take(place).all(|before| before.key != text.key);
    let usable = set.texts.iter().enumerate().filter(|(place, text)| text.has_name() && is_first(*place, text));
    let texts = usable.map(|(_, text)| {
        let (ty, name) = (emit_type(text, support, cfg), naming::text_type(&text.key, Span::call_site()));
        quote! {
            #ty
            #(#cfg)*
            impl #name {
                #[allow(missing_docs)]
                pub fn told(self) -> ::std::string::String {
                    loop {}
                }
            }
        }
    });
    quote! {
        #(#cfg)*
        #[allow(missing_docs)]
        pub async fn #ident() -> #support::Result<#support::Translations> {
            loop {}
        }
        #(#texts)*
    }
}

/// Attributes that decide whether the item exists; every emitted item needs them.
fn cfg<'a>(set: &TranslationSet<'a>) -> Vec<&'a Attribute> {
    set.function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

fn emit_function(set: &TranslationSet<'_>, support: &Ident, cfg: &[&Attribute]) -> TokenStream {
    let ident = &set.common.ident;
    let (reference, description) = (set.common.reference(), &set.common.description);
    let about = format!("The texts of the translation set `{reference}` in the caller's language.");
    let documentation = if description.is_empty() { about } else { format!("{description}\n\n{about}") };
    let docs = doc_attributes(&set.function.attributes, &documentation);
    let name = &set.common.name;
    let stands = format!("Stands for the translation set `{name}`.");
    quote! {
        #docs
        #(#cfg)*
        pub fn #ident() -> impl ::core::future::Future<Output = #support::Result<#support::Translations>> + ::core::marker::Send {
            #support::dispatch_translations(<#ident as #support::Object>::object())
        }
        #(#cfg)*
        #[doc(hidden)]
        #[doc = #stands]
        #[allow(non_camel_case_types)]
        pub struct #ident {}
    }
}

/// `struct __appos_text_welcome { pub name: Argument }`
fn emit_type(text: &Text, support: &Ident, cfg: &[&Attribute]) -> TokenStream {
    let name = naming::text_type(&text.key, Span::call_site());
    let fields = text.parameters.iter().map(|parameter| {
        let ident = Ident::new(parameter, Span::call_site());
        let ty = if text.plural && parameter == "count" { quote!(Count) } else { quote!(Argument) };
        quote!(pub #ident: #support::#ty)
    });
    quote! {
        #(#cfg)*
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs)]
        pub struct #name { #(#fields),* }
    }
}

fn emit_registration(set: &TranslationSet<'_>, support: &Ident, cfg: &[&Attribute]) -> TokenStream {
    let ident = &set.common.ident;
    let texts = set.texts.iter().map(|text| emit_descriptor(text, support));
    let object = set.common.emit(support, &quote!(&__APPOS_SET));
    let tellers = set.texts.iter().enumerate().map(|(place, text)| {
        let name = naming::text_type(&text.key, Span::call_site());
        let arguments = text.parameters.iter().map(|parameter| {
            let ident = Ident::new(parameter, Span::call_site());
            quote!((#parameter, self.#ident.into()))
        });
        quote! {
            impl #name {
                #[doc(hidden)]
                pub fn told(self) -> ::std::string::String {
                    #support::told(&__APPOS_TEXTS[#place], &[#(#arguments),*])
                }
            }
        }
    });
    quote! {
        #(#cfg)*
        const _: () = {
            static __APPOS_TEXTS: &[#support::TextDescriptor] = &[#(#texts),*];
            static __APPOS_SET: #support::TranslationSetDescriptor = #support::TranslationSetDescriptor {
                texts: __APPOS_TEXTS,
                invoke: |__appos_json| ::std::boxed::Box::pin(async move {
                    #support::ArgumentReader::new(__appos_json, &[])?.finish()?;
                    #support::to_json(#ident().await?)
                }),
            };
            #object
            #(#tellers)*
        };
    }
}

fn emit_descriptor(text: &Text, support: &Ident) -> TokenStream {
    let Text { key, parameters, translations, .. } = text;
    let translations = translations.iter().map(|Translation { language, wording }| {
        let wording = match wording {
            Wording::Plain(text) => quote!(Plain(#text)),
            Wording::Plural(forms) => {
                let forms = forms.iter().map(|(category, text)| {
                    let variant = CATEGORIES.iter().find(|(name, _)| name == category).map_or("Other", |(_, it)| it);
                    let variant = format_ident!("{variant}");
                    quote!((#support::PluralCategory::#variant, #text))
                });
                quote!(Plural(&[#(#forms),*]))
            }
        };
        quote!((#language, #support::Wording::#wording))
    });
    quote! {
        #support::TextDescriptor { key: #key, parameters: &[#(#parameters),*], translations: &[#(#translations),*] }
    }
}
