//! A bare word that is one of a few.

use syn::{Expr, Ident};

use super::error::{written_as_expression, wrong};

/// `restrict` in `on_delete = restrict`. Which words are allowed is the object's business.
#[derive(Clone, Debug)]
pub(crate) struct Word(Ident);

impl Word {
    const TAKES: &'static str = "takes a bare word";

    /// The word, to compare and to point at.
    pub(crate) fn ident(&self) -> &Ident {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        match expression {
            Expr::Path(path) if path.qself.is_none() => path.path.get_ident().cloned().map(Self),
            _ => None,
        }
        .ok_or_else(|| wrong(expression, Self::TAKES))
    }
}

written_as_expression!(Word);
