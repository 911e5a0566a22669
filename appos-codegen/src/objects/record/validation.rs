//! `#[validate(..)]`: the checks of the `validator` crate, kept as data for every write path.

use darling::FromMeta;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Path, Type};

use crate::attributes::{Count, Flag, Key, Nested, Number, Place, Text, read, read_attributes};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::record as catalogue;
use crate::registration::emit_option;
use crate::syntax::is_named;

const PLACE: Place = Place {
    name: "#[validate]",
    keys: &[
        Key::new("length", "length(min = 1, max = 120)"),
        Key::new("range", "range(min = 0, max = 100)"),
        Key::new("email", "email"),
        Key::new("url", "url"),
        Key::new("contains", "contains(pattern = \"@\")"),
        Key::new("does_not_contain", "does_not_contain(pattern = \" \")"),
    ],
};

const LENGTH: Place = Place {
    name: "`length(..)`",
    keys: &[Key::new("min", "min = 1"), Key::new("max", "max = 120"), Key::new("equal", "equal = 8")],
};

const RANGE: Place = Place {
    name: "`range(..)`",
    keys: &[
        Key::new("min", "min = 0"),
        Key::new("max", "max = 100"),
        Key::new("exclusive_min", "exclusive_min = 0"),
        Key::new("exclusive_max", "exclusive_max = 100"),
    ],
};

const PATTERN: Place = Place { name: "this check", keys: &[Key::new("pattern", "pattern = \"@\"")] };

#[derive(Default, FromMeta)]
#[darling(default)]
struct ValidateKeys {
    length: Option<Nested>,
    range: Option<Nested>,
    email: Flag,
    url: Flag,
    contains: Option<Nested>,
    does_not_contain: Option<Nested>,
}

#[derive(Default, FromMeta)]
#[darling(default)]
struct LengthKeys {
    min: Option<Count>,
    max: Option<Count>,
    equal: Option<Count>,
}

#[derive(Default, FromMeta)]
#[darling(default)]
struct RangeKeys {
    min: Option<Number>,
    max: Option<Number>,
    exclusive_min: Option<Number>,
    exclusive_max: Option<Number>,
}

#[derive(Default, FromMeta)]
#[darling(default)]
struct Pattern {
    pattern: Option<Text>,
}

/// One check of a field, and where its name is written.
pub(super) struct Validation {
    check: Check,
    place: Span,
}

/// What is checked; limits of ranges are decimal texts.
enum Check {
    Length { min: Option<u64>, max: Option<u64>, equal: Option<u64> },
    Range { min: Option<String>, max: Option<String>, exclusive_min: Option<String>, exclusive_max: Option<String> },
    Email,
    Url,
    Contains(String),
    DoesNotContain(String),
}

/// Reads all checks of a field, in the order of the list above.
pub(super) fn parse_validations(attributes: &[Attribute], sink: &Sink) -> Vec<Validation> {
    let ours = attributes.iter().filter(|attribute| is_named(attribute, "validate"));
    let ValidateKeys { length, range, email, url, contains, does_not_contain } = read_attributes(ours, &PLACE, sink);
    let at = |check: Option<Check>, path: &Path| check.map(|check| Validation { check, place: path.span() });
    let mut found = Vec::new();
    found.extend(length.and_then(|nested| at(parse_length(&nested, sink), nested.path())));
    found.extend(range.and_then(|nested| at(parse_range(&nested, sink), nested.path())));
    found.extend(email.written().and_then(|path| at(Some(Check::Email), path)));
    found.extend(url.written().and_then(|path| at(Some(Check::Url), path)));
    for (nested, kind) in
        [(contains, Check::Contains as fn(String) -> Check), (does_not_contain, Check::DoesNotContain)]
    {
        found.extend(nested.and_then(|nested| at(parse_pattern(&nested, sink).map(kind), nested.path())));
    }
    found
}

fn parse_length(nested: &Nested, sink: &Sink) -> Option<Check> {
    let before = sink.len();
    let LengthKeys { min, max, equal } = read(nested.tokens().clone(), &LENGTH, sink);
    match (&min, &max, &equal) {
        _ if sink.len() > before => {}
        (None, None, None) => sink.push(catalogue::no_limits(nested.path(), "length(min = 1, max = 120)")),
        (Some(min), Some(max), _) if min.value() > max.value() => sink.push(catalogue::limits_crossed(min.written())),
        (Some(limit), _, Some(_)) | (_, Some(limit), Some(_)) => sink.push(catalogue::equal_and_limit(limit.written())),
        _ => {
            let [min, max, equal] = [min, max, equal].map(|limit| limit.as_ref().map(Count::value));
            return Some(Check::Length { min, max, equal });
        }
    }
    None
}

fn parse_range(nested: &Nested, sink: &Sink) -> Option<Check> {
    let before = sink.len();
    let RangeKeys { min, max, exclusive_min, exclusive_max } = read(nested.tokens().clone(), &RANGE, sink);
    match (min.as_ref().or(exclusive_min.as_ref()), max.as_ref().or(exclusive_max.as_ref())) {
        _ if sink.len() > before => {}
        (None, None) => sink.push(catalogue::no_limits(nested.path(), "range(min = 0, max = 100)")),
        (Some(low), Some(high)) if is_greater(low.text(), high.text()) => {
            sink.push(catalogue::limits_crossed(low.written()));
        }
        _ => {
            let [min, max, exclusive_min, exclusive_max] =
                [min, max, exclusive_min, exclusive_max].map(|limit| limit.map(|limit| limit.text().to_owned()));
            return Some(Check::Range { min, max, exclusive_min, exclusive_max });
        }
    }
    None
}

fn parse_pattern(nested: &Nested, sink: &Sink) -> Option<String> {
    let before = sink.len();
    let Pattern { pattern } = read(nested.tokens().clone(), &PATTERN, sink);
    let text = pattern.map(|text| text.value()).filter(|text| !text.is_empty());
    if text.is_none() && sink.len() == before {
        sink.push(catalogue::no_pattern(nested.path()));
    }
    text
}

/// Compares decimal texts; near enough to find limits that were written in the wrong order.
fn is_greater(low: &str, high: &str) -> bool {
    matches!((low.parse::<f64>(), high.parse::<f64>()), (Ok(low), Ok(high)) if low > high)
}

impl Validation {
    /// The value of the descriptor. Whether the check may stand on the type is judged by rustc, and
    /// shown at the check.
    pub(super) fn emit(&self, ty: &Type, support: &Ident) -> TokenStream {
        let (on, check) = self.check.emit(support);
        let (on, ty) = (Ident::new(on, self.place), at_span(ty.to_token_stream(), self.place));
        quote!(#support::#on::<#ty>(#check))
    }
}

/// Tokens that mean what they meant, and are shown elsewhere.
fn at_span(tokens: TokenStream, place: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                token = Group::new(group.delimiter(), at_span(group.stream(), place)).into();
            }
            let span = place.resolved_at(token.span());
            token.set_span(span);
            token
        })
        .collect()
}

impl Check {
    /// What it may stand on, and the check itself.
    fn emit(&self, support: &Ident) -> (&'static str, TokenStream) {
        match self {
            Self::Length { min, max, equal } => {
                let [min, max, equal] = [min, max, equal].map(|limit| emit_option(*limit));
                ("on_length", quote!(#support::Validation::Length { min: #min, max: #max, equal: #equal }))
            }
            Self::Range { min, max, exclusive_min, exclusive_max } => {
                let [min, max, exclusive_min, exclusive_max] =
                    [min, max, exclusive_min, exclusive_max].map(|limit| emit_option(limit.as_ref()));
                let range = quote! {
                    #support::Validation::Range {
                        min: #min, max: #max, exclusive_min: #exclusive_min, exclusive_max: #exclusive_max,
                    }
                };
                ("on_number", range)
            }
            Self::Email => ("on_text", quote!(#support::Validation::Email)),
            Self::Url => ("on_text", quote!(#support::Validation::Url)),
            Self::Contains(pattern) => ("on_text", quote!(#support::Validation::Contains(#pattern))),
            Self::DoesNotContain(pattern) => ("on_text", quote!(#support::Validation::DoesNotContain(#pattern))),
        }
    }
}
