//! `t!("welcome", name = user.name)`: a text in the language of whoever looks.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, LitStr, Token};

use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::translation_set as catalogue;
use crate::naming;
use crate::project::{KnownText, Project};
use crate::syntax::plain_name;

struct Call {
    key: LitStr,
    arguments: Vec<Argument>,
}

struct Argument {
    name: Ident,
    value: Expr,
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        let arguments = Punctuated::<Argument, Token![,]>::parse_terminated(input)?;
        Ok(Self { key, arguments: arguments.into_iter().collect() })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = input.parse()?;
        if input.parse::<Option<Token![=]>>()?.is_some() {
            return Ok(Self { name, value: input.parse()? });
        }
        let value = syn::parse2(quote!(#name))?;
        Ok(Self { name, value })
    }
}

/// What `t!` becomes: a `String`.
pub(crate) fn expand_text(tokens: TokenStream, project: &Project, sink: &Sink) -> TokenStream {
    let nothing = quote!(::std::string::String::new());
    let whole = tokens.clone();
    let Call { key, arguments } = match syn::parse2::<Call>(tokens) {
        Ok(call) => call,
        Err(error) => {
            sink.push(catalogue::unreadable_call(error.span(), &whole, &error.to_string()));
            return nothing;
        }
    };
    let before = sink.len();
    let written = key.value();
    let own = written.strip_prefix(&format!("{}.", project.app)).filter(|_| !project.app.is_empty());
    let own = own.unwrap_or(&written);
    for (place, argument) in arguments.iter().enumerate() {
        if arguments.iter().take(place).any(|before| before.name == argument.name) {
            sink.push(catalogue::argument_twice(&argument.name));
        }
    }
    let place = match project.texts.iter().find(|text| text.key == own) {
        Some(text) => {
            check_arguments(&key, &arguments, text, sink);
            own_text(own, key.span())
        }
        None => match other_text(&written, project, key.span()) {
            Some(place) => place,
            None if project.texts.is_empty() && is_key(own) => own_text(own, key.span()),
            None => {
                let keys: Vec<&str> = project.texts.iter().map(|text| text.key.as_str()).collect();
                sink.push(catalogue::unknown_key(&key, &written, &keys));
                return nothing;
            }
        },
    };
    if sink.len() != before {
        return nothing;
    }
    let fields = arguments.iter().map(|Argument { name, value }| {
        // What has no way to be written is reported at the author's value.
        let support = Ident::new(naming::SUPPORT_INSIDE, value.span());
        quote_spanned!(value.span()=> #name: #support::GivenText::given(&(#value)))
    });
    quote!(#place { #(#fields),* }.told())
}

/// A text of this app.
fn own_text(key: &str, span: Span) -> TokenStream {
    let name = naming::text_type(key, span);
    quote!(translations::#name)
}

/// A text of another app: `billing.invoice`. Nobody but the compiler knows whether it is there.
fn other_text(key: &str, project: &Project, span: Span) -> Option<TokenStream> {
    let (app, rest) = key.split_once('.')?;
    // The first word of a key of this app, mistyped further on, is no other app.
    let is_own = naming::is_name_of_object(key)
        || project.texts.iter().any(|text| text.key.split('.').next() == Some(app) && text.key.contains('.'));
    if is_own || !is_key(rest) || syn::parse_str::<Ident>(app).is_err() {
        return None;
    }
    let (app, name) = (format_ident!("{app}", span = span), naming::text_type(rest, span));
    Some(quote!(#app::translations::#name))
}

fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}

fn check_arguments(key: &LitStr, arguments: &[Argument], text: &KnownText, sink: &Sink) {
    let names: Vec<String> = arguments.iter().map(|argument| plain_name(&argument.name)).collect();
    for (argument, name) in arguments.iter().zip(&names) {
        if !text.parameters.contains(name) {
            sink.push(catalogue::surplus_argument(&argument.name, &text.key, &text.parameters));
        }
    }
    let missing: Vec<&str> =
        text.parameters.iter().filter(|parameter| !names.contains(parameter)).map(String::as_str).collect();
    if !missing.is_empty() {
        sink.push(catalogue::missing_arguments(key, &text.key, &missing));
    }
}
