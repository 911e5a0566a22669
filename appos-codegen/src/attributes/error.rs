//! Carries our wording through darling's errors, which know the place but add words of their own.

use darling::Error;
use syn::spanned::Spanned;

/// Ends our wording; darling appends the path of keys after it.
const END: char = '\u{3}';

/// "`key` {message}" at these tokens.
pub(super) fn wrong(tokens: &impl Spanned, message: impl AsRef<str>) -> Error {
    Error::custom(format!("{}{END}", message.as_ref())).with_span(tokens)
}

/// Our part of an error's text.
pub(super) fn wording(error: &Error) -> String {
    let text = error.to_string();
    text.split(END).next().unwrap_or_default().to_owned()
}

/// Implements darling's trait for a value that is written `key = expression`.
macro_rules! written_as_expression {
    ($ty:ty) => {
        impl darling::FromMeta for $ty {
            fn from_meta(item: &syn::Meta) -> darling::Result<Self> {
                match item {
                    syn::Meta::NameValue(pair) => {
                        Self::from_expression($crate::attributes::error::ungrouped(&pair.value))
                    }
                    other => Err($crate::attributes::error::wrong(other, Self::TAKES)),
                }
            }

            fn from_invalid_expr(pair: &darling::ast::MetaNameValueInvalidExpr) -> darling::Result<Self> {
                let tokens = $crate::attributes::error::or_key(&pair.value, &pair.path);
                Err($crate::attributes::error::wrong(&tokens, Self::TAKES))
            }
        }
    };
}

pub(super) use written_as_expression;

/// The expression without the invisible group that `macro_rules!` puts around it.
pub(super) fn ungrouped(expression: &syn::Expr) -> &syn::Expr {
    match expression {
        syn::Expr::Group(group) => ungrouped(&group.expr),
        other => other,
    }
}

/// The tokens of a value, or its key if the author has not written any yet.
pub(super) fn or_key(value: &proc_macro2::TokenStream, key: &syn::Path) -> proc_macro2::TokenStream {
    if value.is_empty() { quote::ToTokens::to_token_stream(key) } else { value.clone() }
}
