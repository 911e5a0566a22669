//! A choices enum with all names derived.

use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Fields, ItemEnum, LitStr, Variant};

use super::syntax::parse_choice_keys;
use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::choices as catalogue;
use crate::naming;
use crate::syntax::{is_named, keep_derives, plain_name, split_attributes};

/// Traits that are emitted; deriving them too would be an error far from its cause.
const EMITTED: [&str; 7] = ["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash", "Default"];

pub(super) struct Choices<'a> {
    pub(super) item: &'a ItemEnum,
    /// Attributes that stay on the enum, without docs.
    pub(super) attributes: Vec<&'a Attribute>,
    pub(super) derives: TokenStream,
    pub(super) variants: Vec<Choice<'a>>,
    /// Index of the variant that `Default` answers.
    pub(super) default: usize,
}

impl Choices<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.item.ident
    }
}

pub(super) struct Choice<'a> {
    pub(super) ident: &'a Ident,
    /// Attributes that stay on the variant, docs included.
    pub(super) attributes: Vec<&'a Attribute>,
    pub(super) value: String,
    /// The author's own value, to point at.
    pub(super) written_value: Option<LitStr>,
    pub(super) label: String,
}

pub(super) fn resolve<'a>(item: &'a ItemEnum, sink: &Sink) -> Choices<'a> {
    let mut default = None;
    let mut variants = Vec::new();
    for (index, variant) in item.variants.iter().enumerate() {
        if let Some(attribute) = variant.attrs.iter().find(|attribute| attribute.path().is_ident("default")) {
            if default.is_some() {
                sink.push(catalogue::second_default(&attribute.meta));
            } else {
                default = Some(index);
            }
        }
        variants.push(resolve_variant(variant, sink));
    }
    let attributes = item
        .attrs
        .iter()
        .filter(|attribute| !attribute.path().is_ident("derive") && !attribute.path().is_ident("doc"))
        .collect();
    Choices { item, attributes, derives: keep_derives(&item.attrs, &EMITTED), variants, default: default.unwrap_or(0) }
}

fn resolve_variant<'a>(variant: &'a Variant, sink: &Sink) -> Choice<'a> {
    match &variant.fields {
        Fields::Unit => {}
        fields => sink.push(catalogue::variant_with_fields(fields, &variant.ident)),
    }
    if let Some((_, value)) = &variant.discriminant {
        sink.push(catalogue::discriminant(value, &variant.ident));
    }
    let (ours, others) = split_attributes(&variant.attrs, |attribute| is_named(attribute, "choice"));
    let keys = parse_choice_keys(ours, sink);
    let name = plain_name(&variant.ident);
    let written_value = keys.value.as_ref().map(|value| value.literal().clone());
    Choice {
        ident: &variant.ident,
        attributes: others.into_iter().filter(|attribute| !attribute.path().is_ident("default")).collect(),
        value: keys.value.as_ref().map_or_else(|| naming::stem(&variant.ident), Text::value),
        written_value,
        label: keys.label.as_ref().map_or_else(|| naming::label(&name), Text::value),
    }
}
