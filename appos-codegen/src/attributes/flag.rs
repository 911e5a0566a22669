//! A switch: written means yes.

use darling::FromMeta;
use syn::{Expr, ExprLit, Lit, Meta, Path};

use super::error::{ungrouped, wrong};

/// `key`, or `key = false` to write the default out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flag(Option<Path>);

impl Flag {
    const TAKES: &'static str = "is a switch and takes no value";

    /// True if the switch is on.
    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some()
    }

    /// The key, if the switch is on, to point at.
    pub(crate) fn written(&self) -> Option<&Path> {
        self.0.as_ref()
    }
}

impl FromMeta for Flag {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        match item {
            Meta::Path(path) => Ok(Self(Some(path.clone()))),
            Meta::NameValue(pair) => match ungrouped(&pair.value) {
                Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Ok(Self(value.value.then(|| pair.path.clone()))),
                other => Err(wrong(other, Self::TAKES)),
            },
            Meta::List(list) => Err(wrong(&list.tokens, Self::TAKES)),
        }
    }

    fn from_invalid_expr(pair: &darling::ast::MetaNameValueInvalidExpr) -> darling::Result<Self> {
        Err(wrong(&pair.path, Self::TAKES))
    }
}
