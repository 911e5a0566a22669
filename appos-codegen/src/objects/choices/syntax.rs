//! What may be written on a choices enum and its variants.

use darling::FromMeta;
use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, ItemEnum};

use crate::attributes::{FacadePath, Key, Place, Text, read, read_attributes};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::{choices as catalogue, object};

const FORM: &str = "pub enum Tier { Bronze, Silver, Gold }";

const PLACE: Place = Place { name: "#[choices]", keys: &[Key::new("crate", "crate = ::appos")] };

const CHOICE_PLACE: Place = Place {
    name: "#[choice]",
    keys: &[Key::new("value", "value = \"in_progress\""), Key::new("label", "label = \"In progress\"")],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct ChoicesKeys {
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
}

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct ChoiceKeys {
    pub(super) value: Option<Text>,
    pub(super) label: Option<Text>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> ChoicesKeys {
    read(args, &PLACE, sink)
}

pub(super) fn parse_choice_keys<'a>(attributes: impl IntoIterator<Item = &'a Attribute>, sink: &Sink) -> ChoiceKeys {
    read_attributes(attributes, &CHOICE_PLACE, sink)
}

/// Reads the enum; reports and answers `None` if it is something else.
pub(super) fn parse_item(item: &TokenStream, sink: &Sink) -> Option<ItemEnum> {
    match syn::parse2::<ItemEnum>(item.clone()) {
        Ok(item) if item.generics.params.is_empty() => Some(item),
        Ok(item) => {
            sink.push(object::generics(&item.generics, "choices", &item.ident));
            None
        }
        Err(error) => {
            let word = item.clone().into_iter().find(|token| matches!(token, TokenTree::Ident(word) if word != "pub"));
            match word {
                Some(TokenTree::Ident(word)) if word != "enum" => {
                    sink.push(object::wrong_item(&word, "choices", "an enum", FORM));
                }
                _ => sink.push(catalogue::unreadable(error.span(), &error.to_string(), FORM)),
            }
            None
        }
    }
}
