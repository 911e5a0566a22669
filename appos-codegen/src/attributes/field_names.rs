//! A group of fields named together.

use darling::FromMeta;
use darling::ast::NestedMeta;
use syn::{Lit, LitStr, Meta};

use super::error::wrong;

/// `unique("first_name", "last_name")`; whether the fields exist is checked by the record.
#[derive(Clone, Debug)]
pub(crate) struct FieldNames(Vec<LitStr>);

impl FieldNames {
    const TAKES: &'static str = "takes the names of fields in quotes";

    /// The names in the order written.
    pub(crate) fn literals(&self) -> &[LitStr] {
        &self.0
    }
}

impl FromMeta for FieldNames {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        let Meta::List(list) = item else {
            return Err(wrong(item, Self::TAKES));
        };
        let names = NestedMeta::parse_meta_list(list.tokens.clone()).map_err(|_| wrong(&list.tokens, Self::TAKES))?;
        if names.is_empty() {
            return Err(wrong(item, Self::TAKES));
        }
        let mut errors = darling::Error::accumulator();
        let mut literals = Vec::new();
        for name in &names {
            match name {
                NestedMeta::Lit(Lit::Str(literal)) => literals.push(literal.clone()),
                other => errors.push(wrong(other, Self::TAKES)),
            }
        }
        errors.finish_with(Self(literals))
    }

    fn from_invalid_expr(pair: &darling::ast::MetaNameValueInvalidExpr) -> darling::Result<Self> {
        Err(wrong(&pair.path, Self::TAKES))
    }
}
