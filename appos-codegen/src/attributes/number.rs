//! A decimal number, kept as text so that no digit is lost.

use syn::{Expr, ExprLit, ExprUnary, Lit, UnOp};

use super::error::{ungrouped, written_as_expression, wrong};

/// `5`, `-1.5` or `"0.01"`.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    text: String,
    expression: Expr,
}

impl Number {
    const TAKES: &'static str = "takes a number";

    /// Decimal text: digits, perhaps a point, perhaps a minus sign.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// As written, to point at.
    pub(crate) fn written(&self) -> &Expr {
        &self.expression
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        decimal_text(expression)
            .filter(|text| is_decimal(text))
            .map(|text| Self { text, expression: expression.clone() })
            .ok_or_else(|| wrong(expression, Self::TAKES))
    }
}

written_as_expression!(Number);

fn decimal_text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => Some(number.base10_digits().to_owned()),
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => Some(number.base10_digits().to_owned()),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match ungrouped(expr) {
            Expr::Lit(ExprLit { lit: Lit::Int(_) | Lit::Float(_), .. }) => {
                decimal_text(expr).map(|text| format!("-{text}"))
            }
            _ => None,
        },
        _ => None,
    }
}

fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text
        .strip_prefix('-')
        .unwrap_or(text)
        .split_once('.')
        .map_or_else(|| (text.strip_prefix('-').unwrap_or(text), None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && fraction.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use super::is_decimal;

    #[test]
    fn decimals_are_digits_with_one_point() {
        for text in ["0", "-1.5", "12345678901234567890.00000001"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["", "-", ".", "1.", ".5", "1e3", "1.2.3", "--1", "+1", "one"] {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
