//! A list of texts.

use syn::{Expr, ExprLit, Lit, LitStr};

use super::error::{written_as_expression, wrong};

/// `["application/pdf", "image/*"]`
#[derive(Clone, Debug)]
pub(crate) struct TextList(Vec<LitStr>);

impl TextList {
    const TAKES: &'static str = "takes a list of texts in quotes";

    /// The texts in the order written.
    pub(crate) fn literals(&self) -> &[LitStr] {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Array(array) = expression else { return Err(wrong(expression, Self::TAKES)) };
        if array.elems.is_empty() {
            return Err(wrong(expression, Self::TAKES));
        }
        let mut errors = darling::Error::accumulator();
        let mut texts = Vec::new();
        for element in &array.elems {
            match element {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => texts.push(text.clone()),
                other => errors.push(wrong(other, "takes texts in quotes")),
            }
        }
        errors.finish_with(Self(texts))
    }
}

written_as_expression!(TextList);
