//! Where the numbers of rows come from: `auto_number`, or `auto_number = "INV-{year}-{number:6}"`.

use darling::FromMeta;
use syn::{Expr, ExprLit, Lit, LitStr, Meta, Path};

use super::error::{ungrouped, wrong};

/// The switch, with or without a format.
#[derive(Clone, Debug)]
pub(crate) struct AutoNumber {
    key: Path,
    format: Option<LitStr>,
}

impl AutoNumber {
    const TAKES: &'static str = "takes a format in quotes, or nothing";

    /// The key, to point at.
    pub(crate) fn key(&self) -> &Path {
        &self.key
    }

    /// The format as written.
    pub(crate) fn format(&self) -> Option<&LitStr> {
        self.format.as_ref()
    }
}

impl FromMeta for AutoNumber {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        match item {
            Meta::Path(path) => Ok(Self { key: path.clone(), format: None }),
            Meta::NameValue(pair) => match ungrouped(&pair.value) {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                    Ok(Self { key: pair.path.clone(), format: Some(text.clone()) })
                }
                other => Err(wrong(other, Self::TAKES)),
            },
            Meta::List(list) => Err(wrong(&list.tokens, Self::TAKES)),
        }
    }

    fn from_invalid_expr(pair: &darling::ast::MetaNameValueInvalidExpr) -> darling::Result<Self> {
        Err(wrong(&pair.path, Self::TAKES))
    }
}
