//! Values per environment; the braces have been turned into parentheses.

use darling::FromMeta;
use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Meta, Token};

use super::error::{or_key, wrong};

/// `env = { dev = 0.0, test = dec!(1) }`, also `env(dev = 0.0)`.
#[derive(Clone, Debug)]
pub(crate) struct Environments(Vec<(Ident, Expr)>);

impl Environments {
    const TAKES: &'static str = "takes a value per environment in braces";

    /// Environment and value, in the order written.
    pub(crate) fn values(&self) -> &[(Ident, Expr)] {
        &self.0
    }

    fn from_pairs(tokens: &TokenStream) -> darling::Result<Self> {
        let pairs = Punctuated::<Pair, Token![,]>::parse_terminated
            .parse2(tokens.clone())
            .map_err(|error| wrong(&error.span(), Self::TAKES))?;
        let mut errors = darling::Error::accumulator();
        let mut values: Vec<(Ident, Expr)> = Vec::new();
        for Pair { environment, value } in pairs {
            if values.iter().any(|(known, _)| *known == environment) {
                errors.push(wrong(&environment, format!("names environment `{environment}` twice")));
            }
            values.push((environment, value));
        }
        errors.finish_with(Self(values))
    }
}

impl FromMeta for Environments {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        match item {
            Meta::List(list) => Self::from_pairs(&list.tokens),
            Meta::NameValue(pair) => Err(wrong(&pair.value, Self::TAKES)),
            Meta::Path(path) => Err(wrong(path, Self::TAKES)),
        }
    }

    fn from_invalid_expr(pair: &darling::ast::MetaNameValueInvalidExpr) -> darling::Result<Self> {
        Err(wrong(&or_key(&pair.value, &pair.path), Self::TAKES))
    }
}

struct Pair {
    environment: Ident,
    value: Expr,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let environment = Ident::parse_any(input)?;
        input.parse::<Token![=]>()?;
        Ok(Self { environment, value: input.parse()? })
    }
}
