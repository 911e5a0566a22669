//! `case(2, dec!(10)) = dec!(20)`: what a call of the rule answers. The arguments have the form of a call, which no
//! attribute has: they are taken out before the other keys are read.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, LitStr, Token, Type, token};

use super::error::ungrouped;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::test as catalogue;
use crate::syntax::{argument_of, type_text};

/// The correct forms, shown after a mistake.
pub(crate) const CASE_FORM: &str = "case(2, dec!(10)) = dec!(20)` or `case(0, dec!(10)) = err(\"must be at least 1\")";

/// One case, as written.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// What the rule is given.
    pub(crate) arguments: Vec<Expr>,
    /// The parentheses around it.
    pub(crate) parentheses: TokenStream,
    /// What it answers.
    pub(crate) answer: Answer,
}

/// What a case says of the answer.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// A value.
    Value(Box<Expr>),
    /// `err("..")`: an error with this code, or with this text in its message.
    Error(LitStr),
}

impl Case {
    /// The case as a person would write it, with the rule's name.
    pub(crate) fn text(&self, rule: &Ident) -> String {
        let arguments = type_text(&self.parentheses);
        let answer = match &self.answer {
            Answer::Value(value) => type_text(value),
            Answer::Error(text) => format!("err({})", type_text(text)),
        };
        format!("{rule}{arguments} = {answer}")
    }
}

/// A value as its type takes it: a text in quotes becomes what is made of one, a number the id of a row.
pub(crate) fn converted(value: &Expr, ty: &Type) -> TokenStream {
    match ungrouped(value) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => quote!(::core::convert::Into::into(#text)),
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if argument_of(ty, "Id").is_some() => {
            quote!(<#ty as ::core::convert::From<i64>>::from(#number))
        }
        _ => value.to_token_stream(),
    }
}

/// Takes the cases out of the tokens between an attribute's parentheses; what is left are other keys.
pub(crate) fn take_cases(tokens: TokenStream, sink: &Sink) -> (TokenStream, Vec<Case>) {
    let mut rest = TokenStream::new();
    let mut cases = Vec::new();
    for part in parts(tokens) {
        if !part.first().is_some_and(|word| matches!(word, TokenTree::Ident(word) if word == "case")) {
            rest.extend(part);
            rest.extend(quote!(,));
            continue;
        }
        let part: TokenStream = part.into_iter().collect();
        match parse_cases.parse2(part.clone()) {
            Ok(found) => cases.extend(found),
            Err(_) => sink.push(catalogue::unreadable_case(&part, CASE_FORM)),
        }
    }
    (rest, cases)
}

/// Splits where a comma is followed by a key: a comma of a type, as in `Pair::<u8, u8>`, is none of these.
fn parts(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut parts: Vec<Vec<TokenTree>> = vec![Vec::new()];
    for (at, tree) in trees.iter().enumerate() {
        let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(sign) if sign.as_char() == ',');
        let is_key = matches!(trees.get(at + 1), Some(TokenTree::Ident(_)) | None)
            && match trees.get(at + 2) {
                Some(TokenTree::Punct(sign)) => matches!(sign.as_char(), '=' | ','),
                Some(TokenTree::Group(_)) | None => true,
                _ => false,
            };
        if is_comma(tree) && is_key {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(tree.clone());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn parse_cases(input: ParseStream<'_>) -> syn::Result<Vec<Case>> {
    let mut cases = Vec::new();
    while !input.is_empty() {
        input.parse::<Ident>()?;
        let group: Group = input.parse()?;
        if group.delimiter() != Delimiter::Parenthesis {
            return Err(input.error("parentheses"));
        }
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(group.stream())?;
        input.parse::<Token![=]>()?;
        let answer = answer(input.parse()?)?;
        let parentheses = TokenTree::from(group).into();
        cases.push(Case { arguments: arguments.into_iter().collect(), parentheses, answer });
        if input.peek(token::Comma) {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(cases)
}

/// `err("..")` is ours, everything else the author's.
fn answer(value: Expr) -> syn::Result<Answer> {
    let Expr::Call(call) = &value else { return Ok(Answer::Value(Box::new(value))) };
    if !matches!(&*call.func, Expr::Path(path) if path.path.is_ident("err")) {
        return Ok(Answer::Value(Box::new(value)));
    }
    match call.args.first().map(ungrouped) {
        Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) if call.args.len() == 1 => Ok(Answer::Error(text.clone())),
        _ => Err(syn::Error::new_spanned(&value, "a text")),
    }
}
