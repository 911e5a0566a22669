//! A list of names.

use proc_macro2::Ident;
use syn::Expr;

use super::error::{written_as_expression, wrong};

/// `[customer, tier]`; whether there is anything with these names is checked by the object.
#[derive(Clone, Debug)]
pub(crate) struct NameList(Vec<Ident>);

impl NameList {
    const TAKES: &'static str = "takes a list of parameters";

    /// The names in the order written.
    pub(crate) fn idents(&self) -> &[Ident] {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Array(array) = expression else {
            return Err(wrong(expression, Self::TAKES));
        };
        if array.elems.is_empty() {
            return Err(wrong(expression, Self::TAKES));
        }
        let mut errors = darling::Error::accumulator();
        let mut names = Vec::new();
        for element in &array.elems {
            match element {
                Expr::Path(path) if path.path.get_ident().is_some() => names.extend(path.path.get_ident().cloned()),
                other => errors.push(wrong(other, "takes the names of parameters without quotes")),
            }
        }
        errors.finish_with(Self(names))
    }
}

written_as_expression!(NameList);
