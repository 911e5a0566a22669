//! The enum, its names, and its text forms.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Attribute;

use super::model::{Choice, Choices};
use crate::paths::Facade;
use crate::syntax::{doc_attributes, plain_name};

pub(super) fn emit(choices: &Choices<'_>, facade: &Facade) -> TokenStream {
    let support = facade.support();
    let item = emit_enum(choices);
    let implementations = emit_implementations(choices, &support);
    let cfg = cfg(choices);
    quote! {
        #item
        #(#cfg)*
        const _: () = { #implementations };
    }
}

fn cfg<'a>(choices: &'a Choices<'_>) -> Vec<&'a Attribute> {
    choices.attributes.iter().copied().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

fn emit_enum(choices: &Choices<'_>) -> TokenStream {
    let ident = choices.ident();
    let docs = doc_attributes(&choices.item.attrs, &format!("The choices `{ident}`."));
    let (attributes, derives) = (&choices.attributes, &choices.derives);
    let variants = choices.variants.iter().map(|Choice { ident, attributes, label, .. }| {
        let documented = attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
        let doc = (!documented).then(|| {
            let doc = format!("{label}.");
            quote!(#[doc = #doc])
        });
        quote!(#doc #(#attributes)* #ident)
    });
    quote! {
        #docs
        #(#attributes)*
        #derives
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum #ident { #(#variants),* }
    }
}

fn emit_implementations(choices: &Choices<'_>, support: &Ident) -> TokenStream {
    let ident = choices.ident();
    let type_name = plain_name(ident);
    let variants: Vec<_> = choices.variants.iter().map(|choice| choice.ident).collect();
    let values: Vec<_> = choices.variants.iter().map(|choice| &choice.value).collect();
    let labels = choices.variants.iter().map(|choice| &choice.label);
    let text = emit_text(choices, support);
    // Without variants the build fails; the trait is there all the same, to say so only once.
    let default = variants.get(choices.default).map_or_else(|| quote!(loop {}), |variant| quote!(Self::#variant));
    // `match self {}` is the only body an enum without variants has.
    let place = if variants.is_empty() { quote!(match self {}) } else { quote!(self as usize) };
    quote! {
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                #default
            }
        }
        impl #support::ChoiceValue for #ident {
            const CHOICES: &'static #support::ChoicesDescriptor = &#support::ChoicesDescriptor {
                type_name: #type_name,
                choices: &[#(#support::Choice { value: #values, label: #labels }),*],
            };
            const ALL: &'static [Self] = &[#(Self::#variants),*];
            fn place(self) -> usize {
                #place
            }
        }
        #text
    }
}

/// `Display` and serde, each one line to a generic helper.
fn emit_text(choices: &Choices<'_>, support: &Ident) -> TokenStream {
    let ident = choices.ident();
    quote! {
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(#support::ChoiceValue::as_str(*self))
            }
        }
        impl #support::serde::Serialize for #ident {
            fn serialize<Z: #support::serde::Serializer>(&self, serializer: Z) -> ::core::result::Result<Z::Ok, Z::Error> {
                #support::serialize_choice(*self, serializer)
            }
        }
        impl<'de> #support::serde::Deserialize<'de> for #ident {
            fn deserialize<D: #support::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                #support::deserialize_choice(deserializer)
            }
        }
    }
}
