//! A whole number, zero or more.

use syn::{Expr, ExprLit, Lit};

use super::error::{written_as_expression, wrong};

/// A number of characters, items or digits.
#[derive(Clone, Debug)]
pub(crate) struct Count {
    value: u64,
    expression: Expr,
}

impl Count {
    const TAKES: &'static str = "takes a whole number, zero or more";

    /// The number.
    pub(crate) fn value(&self) -> u64 {
        self.value
    }

    /// As written, to point at.
    pub(crate) fn written(&self) -> &Expr {
        &self.expression
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        if let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = expression
            && let Ok(value) = number.base10_parse()
        {
            return Ok(Self { value, expression: expression.clone() });
        }
        Err(wrong(expression, Self::TAKES))
    }
}

written_as_expression!(Count);
