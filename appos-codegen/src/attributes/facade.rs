//! Where AppOS lives, for crates that renamed it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Expr;

use super::error::{written_as_expression, wrong};

/// `crate = my::appos`
#[derive(Clone, Debug)]
pub(crate) struct FacadePath(TokenStream);

impl FacadePath {
    const TAKES: &'static str = "takes the path of the appos crate";

    /// The path as written.
    pub(crate) fn tokens(&self) -> &TokenStream {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        match expression {
            Expr::Path(path) if path.qself.is_none() => Ok(Self(path.to_token_stream())),
            other => Err(wrong(other, Self::TAKES)),
        }
    }
}

written_as_expression!(FacadePath);
