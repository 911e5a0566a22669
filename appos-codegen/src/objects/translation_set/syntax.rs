//! What may be written on and in a translation set.

use darling::FromMeta;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{LitStr, Token, braced, token};

use crate::attributes::{FacadePath, Flag, GroupList, Key, Place, Text, read};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::translation_set as catalogue;
use crate::syntax::{self, Function, plain_name};

const PLACE: Place = Place {
    name: "#[translation_set]",
    keys: &[
        Key::new("description", "description = \"Words of the customer screens\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("public_access", "public_access"),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct TranslationSetKeys {
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) public_access: Flag,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> TranslationSetKeys {
    read(args, &PLACE, sink)
}

pub(super) const FORM: &str = "fn labels() -> Translations { translations! { customers: { en: \"Customers\" } } }";

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(item, "translation_set", FORM, sink)
}

/// One text as written.
pub(super) struct TextSyntax {
    /// `customers`, or `records.customer.plural`.
    pub(super) key: Tag,
    pub(super) translations: Vec<TranslationSyntax>,
}

/// One text in one language.
pub(super) struct TranslationSyntax {
    /// `en`, or `fr-CA`.
    pub(super) language: Tag,
    pub(super) wording: WordingSyntax,
}

pub(super) enum WordingSyntax {
    Plain(LitStr),
    /// Category and text.
    Plural(token::Brace, Vec<(Ident, LitStr)>),
}

/// Words with signs between them, as one name.
#[derive(Clone)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) tokens: TokenStream,
}

impl Tag {
    /// Words with this sign between them; words may be keywords, and begin with digits after the first.
    fn parse(input: ParseStream<'_>, sign: char) -> syn::Result<Self> {
        let first = input.call(Ident::parse_any)?;
        let (mut name, mut tokens) = (plain_name(&first), first.into_token_stream());
        loop {
            let is_next = if sign == '-' { input.peek(Token![-]) } else { input.peek(Token![.]) };
            if !is_next {
                return Ok(Self { name, tokens });
            }
            let (separator, word) = (input.parse::<TokenTree>()?, input.parse::<TokenTree>()?);
            name.push(sign);
            match &word {
                TokenTree::Ident(word) => name.push_str(&plain_name(word)),
                TokenTree::Literal(number) => name.push_str(&number.to_string()),
                other => return Err(syn::Error::new(other.span(), "expected a word")),
            }
            tokens.extend([separator, word]);
        }
    }
}

impl Parse for TextSyntax {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = Tag::parse(input, '.')?;
        // What ends too early has no token of its own.
        if input.is_empty() {
            return Err(syn::Error::new_spanned(&key.tokens, "expected `:`"));
        }
        let colon = input.parse::<Token![:]>()?;
        if input.is_empty() {
            return Err(syn::Error::new_spanned(colon, "expected curly braces"));
        }
        let content;
        braced!(content in input);
        let translations = content.parse_terminated(TranslationSyntax::parse, Token![,])?;
        Ok(Self { key, translations: translations.into_iter().collect() })
    }
}

impl Parse for TranslationSyntax {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let language = Tag::parse(input, '-')?;
        input.parse::<Token![:]>()?;
        if !input.peek(token::Brace) {
            return Ok(Self { language, wording: WordingSyntax::Plain(input.parse()?) });
        }
        let content;
        let brace = braced!(content in input);
        let form = |input: ParseStream<'_>| {
            let category = input.call(Ident::parse_any)?;
            input.parse::<Token![:]>()?;
            Ok((category, input.parse()?))
        };
        let forms = content.parse_terminated(form, Token![,])?;
        Ok(Self { language, wording: WordingSyntax::Plural(brace, forms.into_iter().collect()) })
    }
}

/// The texts in the body of a set; `None`: they cannot be read, which is reported.
pub(super) fn parse_texts(name: &Ident, body: &Group, sink: &Sink) -> Option<Vec<TextSyntax>> {
    let Some(texts) = texts_of(body.stream()) else {
        let place = body.stream();
        // An empty body has no token of its own.
        let place = if place.is_empty() { body.to_token_stream() } else { place };
        sink.push(catalogue::no_texts(&place, name));
        return None;
    };
    let mut read = Vec::new();
    let mut good = true;
    for text in split(texts) {
        match syn::parse2::<TextSyntax>(text) {
            Ok(text) => read.push(text),
            Err(error) => {
                good = false;
                sink.push(catalogue::unreadable_text(error.span(), &error.to_string()));
            }
        }
    }
    good.then_some(read)
}

/// What stands between the braces of `translations! { .. }`, if the body is nothing else.
pub(super) fn texts_of(body: TokenStream) -> Option<TokenStream> {
    let read = |input: ParseStream<'_>| {
        let path: syn::Path = input.call(syn::Path::parse_mod_style)?;
        input.parse::<Token![!]>()?;
        let texts: Group = input.parse()?;
        input.parse::<Option<Token![;]>>()?;
        Ok((path, texts))
    };
    let (path, texts) = read.parse2(body).ok()?;
    let is_ours = path.segments.last().is_some_and(|last| last.ident == "translations");
    (is_ours && texts.delimiter() != Delimiter::None).then(|| texts.stream())
}

/// One part a text: a text ends after its braces, so that a forgotten comma hides none.
pub(super) fn split(texts: TokenStream) -> Vec<TokenStream> {
    let mut parts: Vec<TokenStream> = Vec::new();
    let mut part: Vec<TokenTree> = Vec::new();
    let mut ended = false;
    for token in texts {
        let is_comma = matches!(&token, TokenTree::Punct(comma) if comma.as_char() == ',');
        if is_comma && (ended || part.is_empty()) {
            ended = false;
            continue;
        }
        let is_end = is_comma || matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if !is_comma {
            part.push(token);
        }
        ended = is_end && !is_comma;
        if is_end {
            parts.push(part.drain(..).collect());
        }
    }
    if !part.is_empty() {
        parts.push(part.into_iter().collect());
    }
    parts
}
