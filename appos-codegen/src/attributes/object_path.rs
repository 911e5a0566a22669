//! The path of an object, as bodies name it.

use syn::{Expr, ExprPath};

use super::error::{written_as_expression, wrong};

/// `rules::welcome` in `on_create = rules::welcome`. Whether there is such an object is for
/// rustc to say, at the author's path.
#[derive(Clone, Debug)]
pub(crate) struct ObjectPath(ExprPath);

impl ObjectPath {
    const TAKES: &'static str = "takes the path of an object";

    /// As written.
    pub(crate) fn written(&self) -> &ExprPath {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        match expression {
            Expr::Path(path) if path.qself.is_none() => Ok(Self(path.clone())),
            _ => Err(wrong(expression, Self::TAKES)),
        }
    }
}

written_as_expression!(ObjectPath);
