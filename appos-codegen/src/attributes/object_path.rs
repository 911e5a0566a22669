//! The path of an object, as bodies name it.

use quote::quote;
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

    /// The path of a connected system: a bare name is one of the app's own.
    pub(crate) fn of_system(&self) -> ExprPath {
        match self.0.path.get_ident() {
            Some(name) => syn::parse2(quote!(connected_systems::#name)).unwrap_or_else(|_| self.0.clone()),
            None => self.0.clone(),
        }
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        match expression {
            Expr::Path(path) if path.qself.is_none() => Ok(Self(path.clone())),
            _ => Err(wrong(expression, Self::TAKES)),
        }
    }
}

written_as_expression!(ObjectPath);
