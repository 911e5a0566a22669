//! An expression that is kept as the author wrote it.

use syn::Expr;

use super::error::written_as_expression;

/// The value of `default = ..`; its type is checked by rustc.
#[derive(Clone, Debug)]
pub(crate) struct Expression(Expr);

impl Expression {
    const TAKES: &'static str = "takes an expression";

    /// As written.
    pub(crate) fn written(&self) -> &Expr {
        &self.0
    }

    // Shares its shape with the values that can fail.
    #[expect(clippy::unnecessary_wraps, reason = "the macro below expects a fallible reader")]
    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        Ok(Self(expression.clone()))
    }
}

written_as_expression!(Expression);
