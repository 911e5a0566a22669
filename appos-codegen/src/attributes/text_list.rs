//! A list of texts.

use syn::{Expr, ExprLit, Lit, LitStr};

use super::error::{written_as_expression, wrong};

/// `["10.0.0.0/8", "127.0.0.1/32"]`; what a text may be is the object's business.
#[derive(Clone, Debug)]
pub(crate) struct TextList(Vec<LitStr>);

impl TextList {
    const TAKES: &'static str = "takes a list of texts in quotes";

    /// The literals in the order written.
    pub(crate) fn literals(&self) -> &[LitStr] {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Array(array) = expression else {
            return Err(wrong(expression, Self::TAKES));
        };
        let mut errors = darling::Error::accumulator();
        let mut texts = Vec::new();
        for element in &array.elems {
            match element {
                Expr::Lit(ExprLit { lit: Lit::Str(literal), .. }) => texts.push(literal.clone()),
                other => errors.push(wrong(other, Self::TAKES)),
            }
        }
        errors.finish_with(Self(texts))
    }
}

written_as_expression!(TextList);
