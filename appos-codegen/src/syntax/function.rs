//! Reads a function's signature. The body stays tokens: it is the author's, it may be broken
//! while they type, and nothing in it concerns us.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Safety, Signature, Visibility};

use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::{function as catalogue, object};

/// A function as written.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) signature: Signature,
    pub(crate) body: Group,
}

/// Reads the function of an object; reports and answers `None` if it cannot be one.
pub(crate) fn parse_function(item: &TokenStream, attribute: &str, form: &str, sink: &Sink) -> Option<Function> {
    let function = read_function(item, attribute, form, sink)?;
    check_qualifiers(&function.signature, what(attribute), sink);
    Some(function)
}

/// Reads the function under an attribute, whatever its qualifiers.
pub(crate) fn read_function(item: &TokenStream, attribute: &str, form: &str, sink: &Sink) -> Option<Function> {
    let parts = match parse_parts.parse2(item.clone()) {
        Ok(parts) => parts,
        Err(error) => {
            if is_function(item) {
                let place = TokenTree::from(proc_macro2::Literal::u8_unsuffixed(0));
                let place = at_span(place, error.span());
                sink.push(catalogue::unreadable_signature(&place, attribute, &error.to_string(), form));
            } else {
                sink.push(object::wrong_item(&first_token(item), attribute, "a function", form));
            }
            return None;
        }
    };
    let Parts { attributes, signature, body } = parts;
    let Some(body) = body else {
        sink.push(catalogue::missing_body(&signature.ident, what(attribute), &signature.ident));
        return None;
    };
    Some(Function { attributes, signature, body })
}

struct Parts {
    attributes: Vec<Attribute>,
    signature: Signature,
    body: Option<Group>,
}

fn parse_parts(input: ParseStream<'_>) -> syn::Result<Parts> {
    let attributes = input.call(Attribute::parse_outer)?;
    // Objects are public by contract; who may call them is a matter of permissions.
    input.parse::<Visibility>()?;
    let signature = input.parse()?;
    let rest: TokenStream = input.parse()?;
    let body = rest.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    });
    Ok(Parts { attributes, signature, body })
}

/// "rule `x` ..", "constant `x` .."
fn what(attribute: &str) -> &str {
    match attribute {
        "expression_rule" => "rule",
        "web_api" => "web API",
        "appos::test" => "test",
        other => other,
    }
}

fn check_qualifiers(signature: &Signature, what: &str, sink: &Sink) {
    let name = &signature.ident;
    if let Some(word) = &signature.constness {
        sink.push(catalogue::qualifier(word, what, name, "const"));
    }
    match &signature.safety {
        Safety::Unsafe(word) => sink.push(catalogue::qualifier(word, what, name, "unsafe")),
        Safety::Safe(word) => sink.push(catalogue::qualifier(word, what, name, "safe")),
        Safety::Default => {}
    }
    if let Some(abi) = &signature.abi {
        sink.push(catalogue::qualifier(abi, what, name, "extern"));
    }
    if !signature.generics.params.is_empty() {
        sink.push(object::generics(&signature.generics, what, name));
    }
}

fn is_function(item: &TokenStream) -> bool {
    item.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "fn"))
}

fn first_token(item: &TokenStream) -> TokenStream {
    // Attributes come first; the word that says what the item is comes after them.
    let word = item.clone().into_iter().find(|token| matches!(token, TokenTree::Ident(word) if word != "pub"));
    word.map_or_else(|| item.clone(), TokenStream::from)
}

fn at_span(mut token: TokenTree, span: proc_macro2::Span) -> TokenTree {
    token.set_span(span);
    token
}
