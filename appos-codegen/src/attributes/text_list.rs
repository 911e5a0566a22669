//! A list of texts in quotes.

use syn::{Expr, LitStr};

use super::error::{written_as_expression, wrong};
use super::text::Text;

/// `["image/png", "image/jpeg"]`; what the texts may be is checked by the object.
#[derive(Clone, Debug)]
pub(crate) struct TextList(Vec<Text>);

impl TextList {
    const TAKES: &'static str = "takes a list of texts in quotes";

    /// The texts in the order written.
    pub(crate) fn values(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(Text::value)
    }

    /// The texts as written, to point at.
    pub(crate) fn literals(&self) -> impl Iterator<Item = &LitStr> {
        self.0.iter().map(Text::literal)
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Array(array) = expression else { return Err(wrong(expression, Self::TAKES)) };
        if array.elems.is_empty() {
            return Err(wrong(expression, Self::TAKES));
        }
        let mut errors = darling::Error::accumulator();
        let texts = array.elems.iter().filter_map(|element| errors.handle(Text::from_expression(element))).collect();
        errors.finish_with(Self(texts))
    }
}

written_as_expression!(TextList);
