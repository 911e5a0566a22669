//! A key with keys of its own.

use darling::FromMeta;
use proc_macro2::TokenStream;
use syn::{Meta, Path};

use super::error::wrong;

/// `length(min = 1)`: the tokens inside are read by the object, with their own list of keys.
#[derive(Clone, Debug)]
pub(crate) struct Nested {
    path: Path,
    tokens: TokenStream,
}

impl Nested {
    /// The key, to point at.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What the parentheses hold.
    pub(crate) fn tokens(&self) -> &TokenStream {
        &self.tokens
    }
}

impl FromMeta for Nested {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        match item {
            Meta::List(list) => Ok(Self { path: list.path.clone(), tokens: list.tokens.clone() }),
            other => Err(wrong(other, "takes its limits in parentheses")),
        }
    }

    fn from_invalid_expr(pair: &darling::ast::MetaNameValueInvalidExpr) -> darling::Result<Self> {
        Err(wrong(&pair.path, "takes its limits in parentheses"))
    }
}
