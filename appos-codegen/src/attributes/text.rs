//! A text in quotes.

use syn::{Expr, ExprLit, Lit, LitStr};

use super::error::{written_as_expression, wrong};

/// A text and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Text(LitStr);

impl Text {
    const TAKES: &'static str = "takes a text in quotes";

    /// What the quotes hold.
    pub(crate) fn value(&self) -> String {
        self.0.value()
    }

    /// The literal, to point at.
    pub(crate) fn literal(&self) -> &LitStr {
        &self.0
    }

    /// A text that no author wrote.
    pub(crate) fn given(text: &str) -> Self {
        Self(LitStr::new(text, proc_macro2::Span::call_site()))
    }

    pub(super) fn from_expression(expression: &Expr) -> darling::Result<Self> {
        match expression {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(Self(text.clone())),
            other => Err(wrong(other, Self::TAKES)),
        }
    }
}

written_as_expression!(Text);
